import { statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type CopiedProject, copyProject } from './copied-project.ts'

describe('npm start', () => {
  let project: CopiedProject
  beforeAll(() => {
    project = copyProject()
    return project.remove
  })

  const start = (environment?: Record<string, string>) => {
    const started = project.start(environment)
    onTestFinished(() => void started.child.kill('SIGKILL'))
    return started
  }

  it('names the two variables when it has no model, before it does anything else', async () => {
    const started = start({ OPENAI_API_KEY: '', OPENAI_BASE_URL: '' })
    await expect(started.serves).rejects.toThrow(/OPENAI_API_KEY.*OPENAI_BASE_URL/)
    expect(started.child.exitCode).toBe(1)
    expect(started.output()).toBe('')
  })

  it('runs the template, says where, and ends cleanly', async () => {
    project.answerWith('from the function')
    const started = start()
    const origin = await started.serves
    expect(await (await fetch(`${origin}/health`)).text()).toBe('from the function')
    expect(await started.end('SIGTERM')).toBe(0)

    expect(started.output()).toContain('Not emulated: IAM')
    expect(started.output()).toMatch(/Socket +ws:\/\/127\.0\.0\.1:\d+\//)
    expect(started.output()).toContain('Ctrl-C')
    const key = join(project.dataDirectory, 'token-signing-key')
    expect(statSync(key).mode & 0o777).toBe(0o600)
  })
})
