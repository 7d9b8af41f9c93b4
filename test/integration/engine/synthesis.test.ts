import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { beginKeeping, cleanUp, takeKept } from '../../../local/synthesis/kept-syntheses.ts'
import { type CopiedProject, copyProject } from './copied-project.ts'
import { eventually } from './eventually.ts'

/** The processes that a process has started, and those that they have. */
const descendantsOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((name) => name !== '')
    .flatMap((child) => [Number(child), ...descendantsOf(Number(child))])

const isRunning = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

describe('a start', () => {
  let project: CopiedProject
  beforeEach(() => {
    project = copyProject()
    return project.remove
  })

  const start = (environment?: Record<string, string>) => {
    const started = project.start(environment)
    onTestFinished(() => void started.child.kill('SIGKILL'))
    return started
  }

  it('takes what the last one synthesized, until a source changes', async () => {
    project.answerWith('first')
    const first = start()
    expect(await (await fetch(`${await first.serves}/health`)).text()).toBe('first')
    expect(first.hasSynthesized()).toBe(true)
    await first.end('SIGKILL')

    const second = start()
    expect(await (await fetch(`${await second.serves}/health`)).text()).toBe('first')
    expect(second.hasSynthesized()).toBe(false)
    await second.end('SIGTERM')

    project.answerWith('second')
    const third = start()
    expect(await (await fetch(`${await third.serves}/health`)).text()).toBe('second')
    expect(third.hasSynthesized()).toBe(true)
  })

  it('that is killed while it synthesizes leaves nothing running and nothing half done', async () => {
    // Bundling the whole CDK takes long enough to be killed.
    project.write('functions/http/platform.ts', "export * from 'aws-cdk-lib'\n")
    const killed = start()
    await killed.synthesizes
    const processes = await eventually(() => {
      const found = descendantsOf(killed.child.pid ?? 0)
      // The synthesis and its esbuild.
      expect(found.length).toBeGreaterThanOrEqual(2)
      return found
    })
    await killed.end('SIGKILL')
    await eventually(() => expect(processes.filter(isRunning)).toEqual([]))
    const directory = join(project.dataDirectory, 'synthesis')
    const [left = ''] = readdirSync(directory)
    expect(left).toContain('.unfinished-by-')
    expect(readdirSync(join(directory, left))).not.toContain('assembly')

    project.answerWith('whole')
    const next = start()
    expect(await (await fetch(`${await next.serves}/health`)).text()).toBe('whole')
    expect(next.hasSynthesized()).toBe(true)
    expect(readdirSync(directory)).toEqual([expect.stringMatching(/^[0-9a-f]+$/)])
  })

  it('names the file that does not compile', async () => {
    project.write('functions/http/platform.ts', 'export const handler = async () => {\n')
    await expect(start().serves).rejects.toThrow(/functions\/http\/platform\.ts:2:0: ERROR/)
  })

  it.each([
    [{ ALLOWED_ORIGINS: '*' }, /ALLOWED_ORIGINS holds "\*"/],
    [{ CDK_CONTEXT_JSON: '{"stage": "Prod"}' }, /A stage is 1 to 20/],
  ])('names the setting in %j', async (environment, message) => {
    await expect(start(environment).serves).rejects.toThrow(message)
  })
})

describe('kept syntheses', () => {
  let directory: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'kept-syntheses-'))
    return () => rmSync(directory, { recursive: true, force: true })
  })

  const keep = (key: string): void => {
    using unfinished = beginKeeping(directory, key)
    mkdirSync(unfinished.outdir)
    unfinished.keep({ Resources: {} })
  }

  it('are there when they are complete, and not before', () => {
    {
      using unfinished = beginKeeping(directory, 'key')
      mkdirSync(unfinished.outdir)
      expect(takeKept(directory, 'key')).toBeUndefined()
    }
    expect(readdirSync(directory)).toEqual([])
    keep('key')
    expect(takeKept(directory, 'key')?.template).toEqual({ Resources: {} })
  })

  it('are made anew when they are damaged', () => {
    keep('key')
    writeFileSync(join(directory, 'key', 'template.json'), '{"Resources": {')
    expect(takeKept(directory, 'key')).toBeUndefined()
    expect(readdirSync(directory)).toEqual([])
  })

  it('go when newer ones come, except those that an engine runs', () => {
    for (const key of ['running', 'old', 'b', 'c', 'd']) keep(key)
    takeKept(directory, 'running')
    for (const [age, key] of ['d', 'c', 'b', 'old', 'running'].entries()) {
      const minutesAgo = Date.now() / 1000 - age * 60
      utimesSync(join(directory, key), minutesAgo, minutesAgo)
    }
    cleanUp(directory, 'd')
    expect(readdirSync(directory).sort()).toEqual(['b', 'c', 'd', 'running'])
  })
})
