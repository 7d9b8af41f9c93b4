import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { routes } from '../../shared/contracts/http.ts'

const page = readFileSync(new URL('../../docs/api/reference.html', import.meta.url), 'utf8')

/** Values of an attribute, wherever it stands. */
const valuesOf = (attribute: string): string[] =>
  [...page.matchAll(new RegExp(`<[^>]*\\s${attribute}="([^"]*)"`, 'g'))].map(
    ([, value = '']) => value,
  )

test('the page fetches from its own origin alone', () => {
  const targets = ['href', 'src', 'srcset', 'action', 'poster', 'data', 'formaction'].flatMap(
    valuesOf,
  )
  expect(targets.filter((target) => /^(\w+:)?\/\//.test(target))).toEqual([])
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
  expect(style.length).toBeGreaterThan(1000)
  expect(style).not.toMatch(/url\(|@import/)
})

test('it needs no script', () => {
  expect(page).not.toMatch(/<script|\son\w+="|javascript:/i)
})

test('every place in it has one name, and every link within it leads somewhere', () => {
  const ids = valuesOf('id')
  expect(ids.length).toBe(new Set(ids).size)
  const links = valuesOf('href').filter((target) => target.startsWith('#'))
  expect(links.filter((link) => !ids.includes(link.slice(1)))).toEqual([])
  expect(ids).toEqual(expect.arrayContaining(Object.keys(routes)))
})

test('it tells its languages', () => {
  expect(page).toMatch(/<html lang="en">/)
  const inKorean = [...page.matchAll(/lang="ko"[^>]*>([^<]*)/g)]
  expect(inKorean.length).toBeGreaterThan(50)
  const without = [...page.matchAll(/<span class="s">([^<]*)/g)].filter(([, text = '']) =>
    /[\uac00-\ud7a3]/.test(text),
  )
  expect(without).toEqual([])
})
