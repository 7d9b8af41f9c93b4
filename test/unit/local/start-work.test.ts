import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { ExecutionStore } from '../../../local/states/execution-store.ts'
import { checkStateMachines } from '../../../local/states/state-machines.ts'
import { Resolver } from '../../../local/template/resolver.ts'
import { parseTemplate } from '../../../local/template/template.ts'

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'start-work-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const openStore = (folder: string): ExecutionStore => {
  const store = new ExecutionStore(folder)
  onTestFinished(() => store.close())
  return store
}

const machine = (definition: object) =>
  new Resolver(
    parseTemplate({
      Resources: {
        Runs: {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: { DefinitionString: JSON.stringify(definition) },
        },
      },
    }),
    { sqs: 'http://127.0.0.1:1' },
  )

const valid = machine({ StartAt: 'END', States: { END: { Type: 'Succeed' } } })
const wrong = machine({ StartAt: 'NOWHERE', States: { END: { Type: 'Succeed' } } })

test('a state machine that is not valid is refused by its name', async () => {
  await expect(checkStateMachines(wrong, openStore(newFolder()))).rejects.toMatchObject({
    name: 'TemplateError',
    message: expect.stringContaining('Runs'),
  })
})

test('what was found valid is known at the next start, and what has changed is looked at again', async () => {
  const folder = newFolder()
  const first = new ExecutionStore(folder)
  await checkStateMachines(valid, first)
  first.close()

  const second = openStore(folder)
  const [[, declared] = []] = valid.resources('AWS::StepFunctions::StateMachine')
  expect(second.isValid(JSON.stringify(declared))).toBe(true)
  await expect(checkStateMachines(wrong, second)).rejects.toThrow('Runs')
})

test('an engine starts without the interpreter of state machines', async () => {
  const engine = new URL('../../../local/engine.ts', import.meta.url)
  const code = `
    import { registerHooks } from 'node:module'
    const seen = []
    registerHooks({ resolve: (name, context, next) => (seen.push(name), next(name, context)) })
    await import(${JSON.stringify(engine.href)})
    console.log(JSON.stringify(seen))`
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    code,
  ])

  const loaded: string[] = JSON.parse(stdout)
  expect(loaded).toContain('fauxqs')
  expect(loaded).not.toContain('aws-local-stepfunctions')
})
