import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { bundledFolder, bundleFunctions, type FunctionName } from '../../lib/bundle.ts'
import { functionNames } from './synthesized.ts'

const directory = mkdtempSync(join(tmpdir(), 'launch-studio-bundles-'))
afterAll(() => rmSync(directory, { recursive: true }))

const entriesRoot = join(import.meta.dirname, '..', '..', 'functions')
const bundle = bundleFunctions({ entriesRoot, directory })

function outputOf(name: FunctionName) {
  const ending = join(name, 'index.mjs')
  const entry = Object.entries(bundle.metafile.outputs).find(([path]) => path.endsWith(ending))
  if (entry === undefined) {
    throw new Error(`There is no bundle of ${name}.`)
  }
  return entry[1]
}

/** Source files that left something in the bundle. */
function sourcesOf(name: FunctionName): string[] {
  return Object.entries(outputOf(name).inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path)
}

function packagesOf(name: FunctionName): Set<string> {
  const packages = sourcesOf(name).flatMap((path) => {
    const inPackage = path.split('node_modules/').at(-1) ?? ''
    const named = /^(?:@[^/]+\/)?[^/]+/.exec(inPackage)?.[0]
    return path.includes('node_modules/') && named !== undefined ? [named] : []
  })
  return new Set(packages)
}

const table = '@aws-sdk/client-dynamodb'
const push = '@aws-sdk/client-apigatewaymanagementapi'
const machine = '@aws-sdk/client-sfn'
const model = 'openai'
const media = '@aws-sdk/client-s3'

/** The clients of the outside world that each function uses, and so may load. */
const clients: Record<FunctionName, string[]> = {
  HttpChat: [table, push, machine, model],
  HttpJobs: [table],
  HttpLaunch: [table, push, machine, model],
  HttpRuns: [table, push, machine],
  HttpPlatform: [],
  HttpSpeech: [table, media, '@aws-sdk/client-polly'],
  Stream: [table, push, machine, model],
  SocketConnect: [table],
  SocketMessage: [table, push, model],
  SocketDisconnect: [table],
  StageWorker: [table, push, machine, model],
  DeadLetter: [table, push, machine],
  RunFinalizer: [table, push],
  Sweeper: [table, push, machine],
}

describe.each(functionNames)('the bundle of %s', (name) => {
  test('holds the clients that the function uses and no other', () => {
    const held = [...packagesOf(name)].filter(
      (name) => name.startsWith('@aws-sdk/client-') || name === model,
    )
    expect(held.sort()).toEqual([...clients[name]].sort())
  })

  test('is small enough to start quickly', () => {
    const large = clients[name].some((client) => client === model || client === media)
    const limit = large ? 1_000_000 : 600_000
    expect(outputOf(name).bytes).toBeLessThan(limit)
  })

  test('is made of the functions, what they share, and packages', () => {
    const strangers = sourcesOf(name).filter(
      (path) => !/(^|\/)(functions|shared|node_modules)\//.test(path),
    )
    expect(strangers).toEqual([])
  })

  test('exports a handler and runs without require', () => {
    expect(outputOf(name).exports).toContain('handler')
    const code = readFileSync(join(bundledFolder(bundle, name), 'index.mjs'), 'utf8')
    // esbuild leaves this in when a CommonJS package requires a module of Node.
    expect(code).not.toContain('Dynamic require of')
  })
})
