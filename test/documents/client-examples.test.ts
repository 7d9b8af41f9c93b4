import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { buildClientPackage } from '../../lib/client-package/build.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { completeUpdates, plannerAnswer, scriptRun } from '../support/studio/studio.ts'

const studio = useStudio()
const folder = mkdtempSync(join(tmpdir(), 'launch-studio-examples-'))

beforeAll(async () => {
  await buildClientPackage(join(folder, 'node_modules', 'launch-studio-client'))
  cpSync(join(import.meta.dirname, '..', '..', 'docs', 'client'), folder, { recursive: true })
}, limit(60_000))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => vi.unstubAllGlobals())

it('the example for Node gets from nothing to a package, with the package that is built', {
  timeout: limit(60_000),
}, async () => {
  studio.model.script('planner', plannerAnswer(completeUpdates, '다 됐어요.', null))
  scriptRun(studio.model)
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--experimental-strip-types', join(folder, 'node.ts'), studio.origin],
    { cwd: folder },
  )
  expect(stdout).toMatch(/^다 됐어요\.\n/)
  const seqs = [...stdout.matchAll(/^(\d+) [\w.]+ [A-Z_]+$/gm)].map(([, seq]) => Number(seq))
  expect(seqs[0]).toBe(1)
  expect(seqs).toEqual(seqs.map((_, index) => index + 1))
  expect(stdout).toMatch(/run\.completed DONE\n\d+ ad copies\n$/)
})

it('the example for a browser shows the same after a reload', {
  timeout: limit(60_000),
}, async () => {
  const items = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  })
  const { fetch } = globalThis
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    fetch(new URL(url, studio.origin), init),
  )
  const { talk }: typeof import('../../docs/client/browser.ts') = await import(
    join(folder, 'browser.ts')
  )
  const open = async () => {
    const states: { seq: number; turns: { reply: string; status: string }[] }[] = []
    const page = await talk(
      (state) => states.push(state),
      () => {},
    )
    const shows = (reply: string) =>
      vi.waitFor(() => {
        const last = states.at(-1)
        expect(last?.turns).toMatchObject([{ reply, status: 'completed' }])
        return last
      }, limit(10_000))
    return { page, shows }
  }
  const first = await open()
  studio.model.script('planner', plannerAnswer([], '반가워요.', '무엇을 파시나요?'))
  await first.page.send('안녕하세요')
  const shown = await first.shows('반가워요.\n\n무엇을 파시나요?')
  first.page.leave()
  const second = await open()
  expect(await second.shows('반가워요.\n\n무엇을 파시나요?')).toEqual(shown)
  second.page.leave()
})
