import { stat } from 'node:fs/promises'
import { bundledPath } from '../../shared/platform/bundled-file.ts'
import { type Fonts, openFonts } from '../../shared/platform/lettering/fonts.ts'
import { type BundledFileName, bundledFiles } from '../../shared/rules/bundled-files.ts'
import type { Finding } from '../../shared/rules/checkup/findings.ts'

/** All syllables of Hangul in Unicode, from 가 to 힣. */
const syllables = { first: 0xac00, last: 0xd7a3 } as const
/** Signs that are shaped at once. */
const chunk = 512

const missingSyllables = (font: Fonts['regular']): string[] => {
  const missing: string[] = []
  for (let from: number = syllables.first; from <= syllables.last; from += chunk) {
    const length = Math.min(chunk, syllables.last - from + 1)
    const text = Array.from({ length }, (_, index) => String.fromCodePoint(from + index)).join('')
    for (const { id, cluster } of font.shape(text)) if (id === 0) missing.push(text[cluster] ?? '')
  }
  return missing
}

const ofFont = (weight: 'regular' | 'bold', fonts: Fonts): Finding[] => {
  const missing = missingSyllables(fonts[weight])
  if (missing.length === 0) return []
  const found = `lacks ${missing.length} syllables, such as ${missing.slice(0, 3).join(' ')}`
  return [{ code: 'FONT_INCOMPLETE', subject: `Pretendard ${weight}`, found }]
}

const isThere = async (path: () => string): Promise<boolean> => {
  try {
    return (await stat(path())).size > 0
  } catch {
    return false
  }
}

export interface FileCheckDependencies {
  pathOf: (name: BundledFileName) => string
  fonts: () => Promise<Fonts>
}

/** That every file which bundles take along is there, and that the fonts have all Korean syllables. */
export const checkFiles = async (
  { pathOf, fonts }: FileCheckDependencies = { pathOf: bundledPath, fonts: openFonts },
): Promise<Finding[]> => {
  const names = Object.keys(bundledFiles) as BundledFileName[]
  const there = await Promise.all(names.map((name) => isThere(() => pathOf(name))))
  const missing = names.filter((_, index) => !there[index])
  if (missing.length > 0) {
    return missing.map((subject) => ({ code: 'FILE_MISSING', subject, found: 'missing or empty' }))
  }
  const opened = await fonts()
  const incomplete = [...ofFont('regular', opened), ...ofFont('bold', opened)]
  const count = syllables.last - syllables.first + 1
  const found = `${names.length} files; both fonts have all ${count.toLocaleString('en')} syllables`
  return incomplete.length > 0 ? incomplete : [{ code: 'FILES_READY', subject: 'files', found }]
}
