import { bareRecording } from '../../shared/platform/audio/bare-recording.ts'
import { sizeOf } from '../support/image-server/image-routes.ts'
import { type Answer, answers } from '../support/model-server/answers.ts'
import { type AudioAnswer, audioAnswers } from '../support/model-server/audio.ts'
import {
  type ModelCallSeen,
  type ModelServer,
  startModelServer,
  textOf,
} from '../support/model-server/model-server.ts'
import { type PageServer, startPageServer } from '../support/pages/page-server.ts'
import { rehearsedPlanner } from './planner.ts'
import { drawScene } from './script/background.ts'
import { creative } from './script/creative.ts'
import { lookAtPicture } from './script/picture.ts'
import { research } from './script/research.ts'
import { consultedOnly, findings, pages, type RehearsedPage } from './script/search.ts'
import { strategy } from './script/strategy.ts'
import { voice } from './script/voice.ts'
import { recordingOf, voices } from './voices.ts'

/** The name under which every answer of the rehearsal is stored. */
export const rehearsalModelName = 'rehearsal-script'

/** `natural` writes as fast as today's models do; `fast` does not wait at all. */
export const paces = ['natural', 'fast'] as const
export type Pace = (typeof paces)[number]

/** Milliseconds before the first delta and between deltas, and characters in each. */
interface Rhythm {
  first: number
  between: number
  characters: number
}

/** Talk goes at a speed at which it can be read; the long answers as fast as a quick model writes. */
const rhythms = {
  talk: { first: 350, between: 16, characters: 4 },
  search: { first: 1200, between: 10, characters: 6 },
  work: { first: 400, between: 10, characters: 8 },
} as const satisfies Record<string, Rhythm>

const rhythmOf = (call: ModelCallSeen): Rhythm => {
  if (call.asker === 'planner' || call.asker === 'picture') return rhythms.talk
  return call.asker === 'search' ? rhythms.search : rhythms.work
}

/** A script has no tokens; two characters count as one, so that the sums in a package add up. */
const tokens = (text: string): number => Math.ceil(text.length / 2)

type AddressOf = (page: RehearsedPage) => string

/** The script's copies, for the positioning that a revision has chosen. */
const creativeFor = (call: ModelCallSeen): typeof creative => {
  const revision = call.data('revision') as
    | { chosen_positioning?: { id: string } | null }
    | undefined
  const chosen = revision?.chosen_positioning
  if (!chosen) return creative
  const ad_copies = creative.ad_copies.map((copy) => ({ ...copy, positioning_id: chosen.id }))
  return { ...creative, ad_copies }
}

const wordsOf = async (call: ModelCallSeen, addressOf: AddressOf): Promise<string> => {
  switch (call.asker) {
    case 'picture':
      return JSON.stringify(await lookAtPicture(call.images))
    case 'planner':
      return JSON.stringify(
        rehearsedPlanner({
          session: call.data('session'),
          message: call.data('user_message'),
          language: /\p{Script=Hangul}/u.test(call.body.instructions) ? 'ko' : 'en',
        }),
      )
    case 'research_queries':
      throw new Error('The rehearsal searches as a model with a search of its own.')
    case 'search':
      return findings.map(({ text }) => text).join('')
    case 'research':
      return JSON.stringify(research(addressOf))
    // What would be blocked is not in the script: a repair gets the same words.
    case 'strategy_repair':
    case 'strategy':
      return JSON.stringify(strategy)
    case 'creative_repair':
    case 'creative':
      return JSON.stringify(creativeFor(call))
    case 'voice_repair':
    case 'voice':
      return JSON.stringify(voice)
  }
}

const foundAt = (addressOf: AddressOf) => ({
  citations: findings.flatMap(({ text, cites }) =>
    cites ? [{ url: addressOf(cites), title: cites.title, after: text }] : [],
  ),
  sources: [...findings.flatMap(({ cites }) => (cites ? [cites] : [])), ...consultedOnly].map(
    addressOf,
  ),
})

const answerTo = async (call: ModelCallSeen, pace: Pace, addressOf: AddressOf): Promise<Answer> => {
  const words = await wordsOf(call, addressOf)
  const { first, between, characters } = rhythmOf(call)
  const asked = [call.body.instructions, ...call.body.input.map(textOf)].join('')
  return answers.text(words, {
    chunkCharacters: characters,
    ...(pace === 'natural' ? { pace: { first, between } } : {}),
    ...(call.asker === 'search' ? foundAt(addressOf) : {}),
    usage: { input_tokens: tokens(asked), output_tokens: tokens(words) },
  })
}

/** It knows one recording and understands nothing in any other; it has some of its own, as MP3. */
const answerInSound = async (server: ModelServer): Promise<void> => {
  const [line, answer, narration, unscripted] = await Promise.all(
    [voices.line, voices.answer, voices.narration, voices.unscripted].map(recordingOf),
  )
  // Of a recording the product keeps its sound alone, and that is what it has transcribed.
  const heard = line && bareRecording(line, 'webm')
  server.transcription.respond(({ file }) =>
    audioAnswers.transcript(heard && file.bytes.equals(heard) ? voices.line.text : ''),
  )
  server.speech.respond(({ body }): AudioAnswer => {
    const scripted = new Map([
      [voices.answer.text, answer],
      [voices.narration.text, narration],
    ])
    const recording = scripted.get(body.input) ?? unscripted
    if (body.response_format === 'mp3' && recording) return audioAnswers.speech(recording)
    const message = 'The rehearsal has its voices as MP3 only.'
    return answers.status(400, { message, type: 'invalid_request_error', code: 'mp3_only' })
  })
}

/** The rehearsed web: pages that can be read, and one that is for people only. */
const publish = (server: PageServer): void => {
  for (const { site, path, title, publisher, paragraphs } of Object.values(pages)) {
    const body = `<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>${title}</title>
<meta property="og:site_name" content="${publisher}"></head>
<body><main><article><h1>${title}</h1>${paragraphs?.map((text) => `<p>${text}</p>`).join('\n')}</article></main></body></html>`
    server.publish(path, paragraphs === null ? { status: 403 } : body, site)
  }
}

/** Gives a model server the rehearsal's script and the web that it searches; resolves with what ends that web. */
export const rehearse = async (server: ModelServer, pace: Pace): Promise<() => Promise<void>> => {
  const web = await startPageServer()
  publish(web)
  server.respond((call) => answerTo(call, pace, ({ path, site }) => web.url(path, site)))
  server.images.draw(({ fields, reference }) => {
    const [width, height] = sizeOf(fields)
    return drawScene(fields.prompt ?? '', { width, height }, reference?.bytes)
  })
  await answerInSound(server)
  return () => web.stop()
}

/** Starts the scripted model of the rehearsal, with the web that it searches, on free ports of 127.0.0.1. */
export const startRehearsalModel = async (pace: Pace): Promise<ModelServer> => {
  const server = await startModelServer()
  const stopWeb = await rehearse(server, pace)
  return {
    ...server,
    async stop() {
      await Promise.all([server.stop(), stopWeb()])
    },
  }
}
