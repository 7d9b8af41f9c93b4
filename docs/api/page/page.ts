import { readFileSync } from 'node:fs'
import type { AsyncApi } from '../asyncapi-types.ts'
import { introduction } from '../introduction.ts'
import type { OpenApi } from '../openapi-types.ts'
import { codeBlock } from './code.ts'
import { eventsOf, framesOf, messageSection } from './events.ts'
import { type Content, Html, html, paragraphs, prose } from './html.ts'
import { methodBadge, operationSection, operationsOf, type Placed, pathText } from './operations.ts'
import { schemaBlock } from './schema.ts'

/** The console's tokens, so that both look alike, and what this page makes of them. */
const style = new Html(
  ['../../../web/src/design/tokens.css', './page.css']
    .map((path) => readFileSync(new URL(path, import.meta.url), 'utf8'))
    .join('\n'),
)

interface Chapter {
  id: string
  title: string
  lead: string
  /** Its parts, for the table of contents and the chapter's own list. */
  parts: { id: string; label: Html; summary?: string }[]
  sections: Content
}

const anchor = (title: string): string => title.toLowerCase().replaceAll(' ', '-')

const overview = (): Chapter => ({
  id: 'overview',
  title: 'Overview',
  lead: '',
  parts: introduction.map(({ title }) => ({ id: anchor(title), label: html`${title}` })),
  sections: introduction.map(
    ({ title, text }) =>
      html`<section class="topic" id="${anchor(title)}"><h3><a href="#${anchor(title)}">${title}</a></h3>${paragraphs(text)}</section>`,
  ),
})

const shortPath = ({ path }: Placed): string => path.replace(/^\/api\/\w+/, '') || '/'

const routeChapters = (document: OpenApi): Chapter[] =>
  [...document.tags]
    // Health and the documents themselves come last.
    .sort((a, b) => Number(a.name === 'platform') - Number(b.name === 'platform'))
    .map(({ name, description }) => {
      const placed = operationsOf(document).filter(({ operation }) => operation.tags.includes(name))
      return {
        id: `tag-${name}`,
        title: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
        lead: description,
        parts: placed.map((one) => ({
          id: one.operation.operationId,
          label: html`${methodBadge(one.method)}${pathText(name === 'platform' ? one.path : shortPath(one))}`,
          summary: one.operation.summary,
        })),
        sections: placed.map((one) => operationSection(document, one)),
      }
    })

const socketChapter = (document: AsyncApi): Chapter => {
  const frames = framesOf(document)
  return {
    id: 'socket',
    title: 'Socket',
    lead: document.channels.socket?.description ?? '',
    parts: frames.map(({ message, from }) => ({
      id: message.name,
      label: html`<code>${message.title}</code> <span class="note">${from}</span>`,
    })),
    sections: frames.map(({ message, from }) => messageSection(document, message, from)),
  }
}

const eventChapter = (document: AsyncApi): Chapter => {
  const events = eventsOf(document)
  return {
    id: 'events',
    title: 'Events',
    lead: 'Every event has the same envelope: `event_id`, `seq`, `session_id`, `run_id` while a run is going on, `type`, `created_at` and `data`. What follows is the `data` of each type.',
    parts: events.map((message) => ({
      id: message.name,
      label: html`<code>${message.title}</code>`,
    })),
    sections: events.map((message) => messageSection(document, message)),
  }
}

const problemChapter = ({ components }: OpenApi): Chapter => {
  const codes = Object.entries(components.responses)
  return {
    id: 'problems-by-code',
    title: 'Problems',
    lead: 'Every `error.code`, with its status where a route answers with it; the same codes stand in `error` events and in `rejected` frames.',
    parts: [],
    sections: html`<dl class="codes">${codes.map(([code, { description, headers, ...answer }]) => {
      const example = components.examples[code]
      const status = answer['x-problem-status']
      const text = description.replace(/^`\w+`: /, '')
      return html`<div id="${code}"><dt><code>${code}</code> ${
        status !== undefined && html`<span class="status">${status}</span>`
      } ${headers?.['Retry-After'] && html`<span class="note">may be tried again</span>`}</dt><dd><p>${prose(text)}</p>${
        example &&
        html`<details><summary>As it was answered</summary>${codeBlock(example.value)}</details>`
      }</dd></div>`
    })}</dl>`,
  }
}

const schemaChapter = (documents: readonly (OpenApi | AsyncApi)[], shown: Set<string>): Chapter => {
  const all = Object.assign({}, ...documents.map(({ components }) => components.schemas))
  const schemas = Object.entries<OpenApi['components']['schemas'][string]>(all)
    .filter(([name]) => !shown.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    id: 'schemas',
    title: 'Schemas',
    lead: 'The parts that the answers above are made of.',
    parts: schemas.map(([name]) => ({ id: name, label: html`${name}` })),
    sections: schemas.map(
      ([name, schema]) =>
        html`<section class="schema" id="${name}"><h3><a href="#${name}">${name}</a></h3>${
          schema.description !== undefined && html`<p>${prose(schema.description)}</p>`
        }${schemaBlock(schema, all)}</section>`,
    ),
  }
}

const contents = (chapters: readonly Chapter[]): Html =>
  html`<nav aria-label="Contents">${chapters.map(
    ({ id, title, parts }) =>
      html`<div class="group"><a class="chapter" href="#${id}">${title}</a><ul>${parts.map(
        (part) => html`<li><a href="#${part.id}">${part.label}</a></li>`,
      )}</ul></div>`,
  )}</nav>`

const chapterBlock = ({ id, title, lead, parts, sections }: Chapter): Html =>
  html`<section class="chapter" id="${id}"><h2>${title}</h2>${lead !== '' && html`<p class="lead">${prose(lead)}</p>`}${
    parts.some(({ summary }) => summary !== undefined) &&
    html`<ul class="index">${parts.map(
      ({ id: part, label, summary }) =>
        html`<li><a href="#${part}">${label}</a> <span>${summary}</span></li>`,
    )}</ul>`
  }${sections}</section>`

/** Both documents as one page without scripts or external resources, readable on a phone. */
export const buildPage = (openapi: OpenApi, asyncapi: AsyncApi): string => {
  const socket = socketChapter(asyncapi)
  const events = eventChapter(asyncapi)
  const shown = new Set([...socket.parts, ...events.parts].map(({ id }) => id))
  const chapters = [
    overview(),
    ...routeChapters(openapi),
    events,
    socket,
    problemChapter(openapi),
    schemaChapter([openapi, asyncapi], shown),
  ]
  const { title, version } = openapi.info
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} API</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main">To the text</a>
<header><h1>${title} <span>API ${version}</span></h1><p><a href="openapi.json">OpenAPI</a> <a href="asyncapi.json">AsyncAPI</a></p></header>
${contents(chapters)}
<main id="main">${chapters.map(chapterBlock)}</main>
</body>
</html>
`
  return page.text
}
