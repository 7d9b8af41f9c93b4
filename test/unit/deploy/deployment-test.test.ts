import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { afterAll, describe, expect, test } from 'vitest'
import { outputsIn } from '../../deploy/deployed.ts'
import { type DifferenceName, differences } from '../../deploy/ministack/differences.ts'
import { differencesTable, withDifferences } from '../../deploy/ministack/table.ts'
import { root } from '../../deploy/project.ts'

const outputs = {
  Url: 'https://d1.cloudfront.net',
  HttpUrl: 'https://a1.execute-api.us-east-1.amazonaws.com/',
  SocketUrl: 'wss://a2.execute-api.us-east-1.amazonaws.com/dev',
  StreamFunctionUrl: 'https://f1.lambda-url.us-east-1.on.aws/',
}

describe('the file of outputs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outputs-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const written = (stacks: object): string => {
    const file = join(folder, 'cdk-outputs.json')
    writeFileSync(file, JSON.stringify(stacks))
    return file
  }

  test('is that of one stack, whatever its name', () => {
    const file = written({ 'LaunchStudio-prod': { ...outputs, More: 'x' } })
    expect(outputsIn(file)).toMatchObject(outputs)
  })

  test('is refused when it says too little, or too much', () => {
    expect(() => outputsIn(written({}))).toThrow('no stack')
    const two = { 'LaunchStudio-dev': outputs, 'LaunchStudio-prod': outputs }
    expect(() => outputsIn(written(two))).toThrow('LaunchStudio-dev, LaunchStudio-prod')
    expect(() => outputsIn(written({ stack: { Url: outputs.Url } }))).toThrow('SocketUrl')
  })
})

describe('the table of differences', () => {
  const name: DifferenceName = 'polly'
  const row = (table: string) => table.split('\n').find((line) => line.startsWith(`| ${name} |`))

  test('tells what is there, what is not any more, and what could not be seen', () => {
    expect(row(differencesTable([{ name, isThere: true }]))).toMatch(/\| there \|$/)
    expect(row(differencesTable([{ name, isThere: false }]))).toMatch(/\| no longer: .*\|$/)
    const unseen = { name, isThere: undefined, problem: 'a|b\nc' }
    expect(row(differencesTable([unseen]))).toContain('unknown: a\\|b c |')
    expect(row(differencesTable([]))).toContain('unknown: not looked at')
  })

  test('replaces the one on the page', () => {
    const page = readFileSync(join(root, 'docs', 'deploy-test.md'), 'utf8')
    const once = withDifferences(page, 'first')
    expect(withDifferences(once, 'second')).toBe(withDifferences(page, 'second'))
    expect(() => withDifferences('no marks', 'x')).toThrow('marks')
  })

  test('on the page has a row for each, as it is in the code', () => {
    const page = readFileSync(join(root, 'docs', 'deploy-test.md'), 'utf8')
    for (const [key, { what, instead }] of Object.entries(differences)) {
      expect(page).toContain(`| ${key} | ${what} |`)
      expect(page).toContain(`| ${instead} |`)
    }
  })
})

test('a stream is answered as a whole where the runtime has no streams', async () => {
  const before = globalThis.awslambda
  Reflect.deleteProperty(globalThis, 'awslambda')
  try {
    createRequire(import.meta.url)('../../deploy/ministack/function-shim.cjs')
    const handler = awslambda.streamifyResponse(async (_event: unknown, out: Writable) => {
      const head = { statusCode: 201, headers: { 'content-type': 'text/event-stream' } }
      const stream = awslambda.HttpResponseStream.from(out as never, head)
      stream.write('data: 가')
      await new Promise<void>((resolve) => stream.end('\n\n', () => resolve()))
    })
    const answer = await (handler as unknown as (event: object) => Promise<unknown>)({})
    // As the emulator takes it: the head, eight zeros, the body.
    const [head, body] = String(answer).split('\0'.repeat(8))
    expect(JSON.parse(head ?? '')).toMatchObject({ statusCode: 201 })
    expect(body).toBe('data: 가\n\n')
  } finally {
    Object.assign(globalThis, { awslambda: before })
  }
})
