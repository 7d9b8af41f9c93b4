import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bundle, bundledFolder, bundleFunctions, functionEntries } from '../../lib/bundle.ts'
import { bundledPath } from '../../shared/platform/bundled-file.ts'
import { type BundledFileName, bundledFiles } from '../../shared/rules/bundled-files.ts'

const shared = join(import.meta.dirname, '..', '..', 'shared')
const pictures = join(import.meta.dirname, '..', 'support', 'pictures')

/** Draws type and reads a picture of every kind, as a function that does so would. */
const drawing = `
import { readFileSync } from 'node:fs'
export const handler = async (files) => {
  const { openFonts } = await import(${JSON.stringify(`${shared}/platform/lettering/fonts.ts`)})
  const { fitText } = await import(${JSON.stringify(`${shared}/platform/lettering/fit-text.ts`)})
  const { placeText } = await import(${JSON.stringify(`${shared}/platform/lettering/draw-text.ts`)})
  const { drawSvg } = await import(${JSON.stringify(`${shared}/platform/lettering/draw-svg.ts`)})
  const { decodePicture } = await import(${JSON.stringify(`${shared}/platform/pictures/decode-picture.ts`)})
  const { encodeJpeg } = await import(${JSON.stringify(`${shared}/platform/pictures/encode-picture.ts`)})
  const { shrinkToFit } = await import(${JSON.stringify(`${shared}/platform/pictures/fit-picture.ts`)})
  const style = { weight: 'bold', maxSize: 40, minSize: 20, leading: 1.2 }
  const block = fitText(await openFonts(), '촉촉 👍🏽', style, { width: 400, height: 100 })
  const { svg } = placeText(block, { x: 0, y: 0, colour: '#000' })
  const drawn = await drawSvg('<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100">' + svg + '</svg>')
  const kinds = []
  for (const file of files) {
    const { kind, picture } = await decodePicture(readFileSync(file))
    const { bytes } = await encodeJpeg(await shrinkToFit(picture, { width: 32, height: 32 }))
    kinds.push(kind + ' ' + (bytes.length > 0))
  }
  return { inked: drawn.pixels.some((value) => value > 0), kinds }
}
`
const plain = 'export const handler = async () => "plain"\n'

let folder: string
let bundle: Bundle
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'launch-studio-files-'))
  for (const [name, path] of Object.entries(functionEntries)) {
    const entry = join(folder, 'functions', path)
    await mkdir(dirname(entry), { recursive: true })
    await writeFile(entry, name === 'MediaWorker' ? drawing : plain)
  }
  const entriesRoot = join(folder, 'functions')
  bundle = await bundleFunctions({ entriesRoot, directory: join(folder, 'bundles') })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a function finds the files that it reads beside its bundle, where no package is installed', async () => {
  const entry = join(bundledFolder(bundle, 'MediaWorker'), 'index.mjs')
  const files = ['png', 'jpg', 'webp', 'heic'].map((kind) => join(pictures, `quarters.${kind}`))
  // In a thread, as the local engine runs it.
  const script = `
    const { Worker } = require('node:worker_threads')
    new Worker(
      "import(" + JSON.stringify(process.argv[1]) + ").then(async ({ handler }) => console.log(JSON.stringify(await handler(" + process.argv[2] + "))))",
      { eval: true },
    )`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['-e', script, entry, JSON.stringify(files)],
    { cwd: folder },
  )
  expect(JSON.parse(stdout)).toEqual({
    inked: true,
    kinds: ['png true', 'jpeg true', 'webp true', 'heif true'],
  })
})

test('a function that draws nothing carries none of them', () => {
  expect(existsSync(join(bundledFolder(bundle, 'MediaWorker'), 'assets', 'resvg.wasm'))).toBe(true)
  expect(existsSync(join(bundledFolder(bundle, 'HttpChat'), 'assets'))).toBe(false)
})

test.each(Object.keys(bundledFiles))('the sources find them as well: %s', (name) => {
  expect(existsSync(bundledPath(name as BundledFileName))).toBe(true)
})
