import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { isFullLength } from '../../support/limits/run-length.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..', '..', '..')
const cost = (...options: string[]) =>
  run(process.execPath, ['bench/cost/run.ts', ...options], { cwd: root, maxBuffer: 64 * 1024 ** 2 })

test('npm run cost prices kept figures again, for a month and a mix of one’s own', async () => {
  const kept = ['--from', 'docs/scale-figures.json']
  const { stdout } = await cost(...kept, '--sessions', '500', '--runs', '0')
  expect(stdout).toContain('A month of 500 sessions')
  expect(stdout).toContain(', 0 runs')
  const { stdout: json } = await cost(...kept, '--json', '--sessions', '2000')
  expect(JSON.parse(json).month).toMatchObject({ sessions: 2_000, mix: { turns: 8 } })
})

test('a number that is none ends the command with what is wrong', async () => {
  await expect(cost('--sessions', 'many')).rejects.toMatchObject({
    code: 2,
    stderr: '--sessions takes a number of at least 0, not "many".\n',
  })
})

test.runIf(isFullLength)(
  'npm run cost meters and prices a whole session',
  { timeout: 600_000 },
  async () => {
    const { parts, month } = JSON.parse((await cost('--json')).stdout)
    for (const part of ['session', 'turn', 'voice_turn', 'spoken_answer', 'run', 'media']) {
      expect(parts[part].tableRequests, part).toBeGreaterThan(0)
      expect(parts[part].purposes.map(({ purpose }: { purpose: string }) => purpose)).not.toContain(
        'other',
      )
    }
    const metered = month.bill.map(({ meter }: { meter: string }) => meter)
    for (const meter of [
      ...['model_input', 'model_output', 'model_searches', 'images', 'speech', 'transcription'],
      ...['lambda_requests', 'lambda_time', 'table_writes', 'table_reads', 'transitions'],
      ...['queue_requests', 'http_requests', 'socket_messages', 'object_writes', 'log_bytes'],
    ]) {
      expect(metered).toContain(meter)
    }
    expect(month.total).toBeGreaterThan(0)
  },
)
