import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkFiles } from '../../../ops/checkup/file-check.ts'
import { bundledPath } from '../../../shared/platform/bundled-file.ts'
import { openFonts } from '../../../shared/platform/lettering/fonts.ts'

test('the bundled files are there, and the fonts have every Korean syllable', async () => {
  expect(await checkFiles()).toEqual([
    {
      code: 'FILES_READY',
      subject: 'files',
      found: expect.stringContaining('all 11,172 syllables'),
    },
  ])
})

test('a missing file and an empty one are named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'doctor-files-'))
  const empty = join(folder, 'empty.otf')
  await writeFile(empty, '')
  const elsewhere: Record<string, string> = {
    'resvg.wasm': join(folder, 'missing.wasm'),
    'Pretendard-Bold.otf': empty,
  }
  const findings = await checkFiles({
    pathOf: (name) => elsewhere[name] ?? bundledPath(name),
    fonts: openFonts,
  })
  await rm(folder, { recursive: true })
  expect(findings).toEqual(
    ['resvg.wasm', 'Pretendard-Bold.otf'].map((subject) => ({
      code: 'FILE_MISSING',
      subject,
      found: 'missing or empty',
    })),
  )
})

test('a font without Korean is told', async () => {
  const { regular, emoji } = await openFonts()
  const fonts = async () => ({ regular, bold: emoji, emoji })
  expect(await checkFiles({ pathOf: bundledPath, fonts })).toEqual([
    {
      code: 'FONT_INCOMPLETE',
      subject: 'Pretendard bold',
      found: 'lacks 11172 syllables, such as 가 각 갂',
    },
  ])
})
