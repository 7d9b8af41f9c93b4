import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { storedCursors } from '../../../shared/client/index.ts'
import { fileCursors } from '../../../shared/client/node.ts'

const folder = mkdtempSync(join(tmpdir(), 'launch-studio-cursors-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('keeps the newest position in a file, for the next process', async () => {
  const cursors = fileCursors(join(folder, 'positions'))
  expect(await cursors.read('sess_1')).toBe(0)
  const writes = Array.from({ length: 50 }, (_, index) => cursors.keep('sess_1', index + 1))
  await Promise.all(writes)
  expect(await fileCursors(join(folder, 'positions')).read('sess_1')).toBe(50)
  await cursors.forget('sess_1')
  expect(await cursors.read('sess_1')).toBe(0)
})

it('takes a file that holds something else for none, and goes on where nothing can be written', async () => {
  writeFileSync(join(folder, 'sess_2.seq'), '12 or so')
  expect(await fileCursors(folder).read('sess_2')).toBe(0)
  const nowhere = fileCursors(join(folder, 'sess_2.seq', 'below'))
  await nowhere.keep('sess_3', 1)
  expect(await nowhere.read('sess_3')).toBe(0)
})

it('goes on without a storage that is full or forbidden', async () => {
  const forbidden = (): never => {
    throw new Error('The quota has been exceeded.')
  }
  const cursors = storedCursors({
    getItem: forbidden,
    setItem: forbidden,
    removeItem: forbidden,
  })
  await cursors.keep('sess_1', 3)
  await cursors.forget('sess_1')
  expect(await cursors.read('sess_1')).toBe(0)
})
