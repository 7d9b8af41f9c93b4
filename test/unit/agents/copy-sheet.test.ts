import { expect, it } from 'vitest'
import type { CopySheet } from '../../../shared/agents/copy/copy-sheet.ts'
import { creativeCopy } from '../../../shared/agents/copy/creative-copy.ts'
import { strategyCopy } from '../../../shared/agents/copy/strategy-copy.ts'
import { sampleCreative, sampleStrategy } from '../../support/model-server/samples.ts'

type Path = (string | number)[]

/** Each text of an answer, with where it stands. */
const textsIn = (value: unknown, path: Path = []): [Path, string][] => {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  const isList = Array.isArray(value)
  return Object.entries(value).flatMap(([key, each]) =>
    textsIn(each, [...path, isList ? Number(key) : key]),
  )
}

/** The texts that are judged before the element is complete. */
const aloneIn = (sheet: CopySheet, field: string, element: unknown): string[] =>
  textsIn(element, [field, 0]).flatMap(([path, text]) => (sheet.isJudgedAlone(path) ? [text] : []))

const [poster] = sampleCreative.poster_specs
const [option] = sampleStrategy.positioning_options
const film = sampleCreative.video_prompt_package

it.each([
  [creativeCopy.film, 'video_prompt_package', film, 1 + film.shots.length],
  [creativeCopy.posters, 'poster_specs', poster, 2],
  [strategyCopy, 'positioning_options', option, 2],
  [creativeCopy.copies, 'ad_copies', sampleCreative.ad_copies[0], 0],
])('judges ahead only what is judged by itself in its element', (sheet, field, element, count) => {
  const alone = aloneIn(sheet, field, element)
  expect(alone).toHaveLength(count)
  expect(sheet.elementTexts(field, element)?.texts).toEqual(expect.arrayContaining(alone))
})
