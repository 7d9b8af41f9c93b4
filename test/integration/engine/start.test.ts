import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { limit } from '../../support/limits/machine-speed.ts'

let directory: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'local-start-'))
})

afterAll(() => {
  rmSync(directory, { recursive: true, force: true })
})

/** `npm start` with this environment and no other variables of ours. */
const start = (environment: Record<string, string>) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../../local/start.ts')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: directory,
      PORT: '0',
      LAUNCH_STUDIO_DATA: join(directory, 'data'),
      ...environment,
    },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, stderr: text(child.stderr) }
}

describe('npm start', () => {
  it('names the two variables when it has no model', async () => {
    const { child, stderr } = start({ OPENAI_API_KEY: '', OPENAI_BASE_URL: '' })
    const [status] = await once(child, 'exit')

    expect(status).toBe(1)
    expect(await stderr).toMatch(/OPENAI_API_KEY.*OPENAI_BASE_URL/)
  })

  it('runs the product, and ends cleanly', { timeout: limit(45_000) }, async () => {
    const { child, stderr } = start({ OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' })
    let output = ''
    const origin = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk) => {
        output += chunk
        const url = /HTTP +(\S+)\n[\s\S]*Ctrl-C/.exec(output)?.[1]
        if (url) resolve(url)
      })
      child.once('exit', async () => reject(new Error(await stderr)))
    })
    const health = await fetch(`${origin}/health`)
    child.kill('SIGTERM')
    const [status] = await once(child, 'exit')

    expect(health.status).toBe(200)
    expect(output).toContain('Not emulated: IAM')
    expect(output).toMatch(/Socket +ws:\/\/127\.0\.0\.1:\d+\//)
    expect(status).toBe(0)
    expect(statSync(join(directory, 'data', 'token-signing-key')).mode & 0o777).toBe(0o600)
  })
})
