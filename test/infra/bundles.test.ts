import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bundledFolder, type FunctionName, loadedBy, startLimits } from '../../lib/bundle.ts'
import { sharedBundle } from '../support/studio/shared-bundle.ts'
import { functionNames } from './synthesized.ts'

const bundle = sharedBundle()

const loaded = new Map(functionNames.map((name) => [name, loadedBy(bundle, name)]))

const loadedOf = (name: FunctionName) => {
  const found = loaded.get(name)
  if (found === undefined) throw new Error(`There is no bundle of ${name}.`)
  return found
}

/** The packages of external clients among source files. */
const clientsAmong = (sources: readonly string[]): string[] => {
  const packages = sources.flatMap((path) => {
    const inPackage = path.split('node_modules/').at(-1) ?? ''
    const named = /^(?:@[^/]+\/)?[^/]+/.exec(inPackage)?.[0]
    return path.includes('node_modules/') && named !== undefined ? [named] : []
  })
  const vendors = [...new Set(packages)].filter(
    (name) => name.startsWith('@aws-sdk/client-') || name === model,
  )
  return [...vendors, ...[table, push].filter((path) => sources.includes(path))]
}

/** Our own clients of DynamoDB and of API Gateway's sockets. */
const table = 'shared/clients/table-client.ts'
const push = 'shared/clients/sockets.ts'
/** What deletes items of the table. */
const batches = '@aws-sdk/client-dynamodb'
const machine = '@aws-sdk/client-sfn'
const model = 'openai'
const media = '@aws-sdk/client-s3'
const queue = '@aws-sdk/client-sqs'
const bus = '@aws-sdk/client-eventbridge'
const films = '@aws-sdk/client-bedrock-runtime'
const transcribe = '@aws-sdk/client-transcribe'

/** The external clients that each function loads at its start. */
const clients: Record<FunctionName, string[]> = {
  HttpAssets: [table, push],
  HttpChat: [table, push],
  HttpJobs: [table],
  HttpLaunch: [table, push],
  HttpRuns: [table, push],
  HttpPlatform: [],
  HttpSafety: [table],
  HttpSpeech: [table],
  HttpVoice: [table, push],
  HttpPictures: [table, push],
  Stream: [table, push],
  SocketConnect: [table],
  SocketMessage: [table, push],
  SocketDisconnect: [table],
  StageWorker: [table, push],
  DeadLetter: [table, push],
  RunFinalizer: [table, push],
  Sweeper: [table, push],
  TranscriptionFinished: [table, push],
  MediaWorker: [table, push],
  MediaDeadLetter: [table, push],
  Checkup: [],
  HttpWebhooks: [table],
  Announcer: [table, bus],
  WebhookSender: [table],
}

/** Those that it loads later, when a request needs them. */
const lateClients: Partial<Record<FunctionName, string[]>> = {
  HttpAssets: [media, queue, films, '@aws-sdk/client-polly'],
  HttpChat: [media, model, queue, machine],
  HttpRuns: [queue, machine],
  HttpLaunch: [media, model, queue, machine],
  HttpSpeech: [media, '@aws-sdk/client-polly'],
  HttpVoice: [media, transcribe, model, queue],
  HttpPictures: [media, model, queue],
  Stream: [media, transcribe, model, queue, machine],
  SocketMessage: [media, transcribe, model, queue],
  StageWorker: [model, queue, machine],
  DeadLetter: [queue, machine],
  RunFinalizer: [queue],
  TranscriptionFinished: [media, transcribe, model, queue],
  MediaWorker: [media, queue, films, '@aws-sdk/client-polly'],
  MediaDeadLetter: [media, queue],
  Sweeper: [queue, machine],
  HttpWebhooks: [queue],
  Announcer: [queue],
  WebhookSender: [queue],
}

describe.each(functionNames)('the bundle of %s', (name) => {
  const { atStart, inAll } = loadedOf(name)

  test('holds the clients that the function uses and no other', () => {
    expect(clientsAmong(atStart.sources).sort()).toEqual([...clients[name]].sort())
    const late = clients[name].includes(table) ? [batches] : []
    expect(clientsAmong(inAll.sources).sort()).toEqual(
      [...clients[name], ...late, ...(lateClients[name] ?? [])].sort(),
    )
  })

  test('is small enough to start quickly', () => {
    const limit = lateClients[name]?.includes(model) ? startLimits.model : startLimits.noModel
    expect(atStart.bytes).toBeLessThan(limit)
  })

  test('loads what reads recordings only when one comes', () => {
    expect(
      atStart.sources.filter((path) => /mediabunny|platform\/audio\/(?!wav\.ts)/.test(path)),
    ).toEqual([])
  })

  test('loads what reads pictures only when one comes', () => {
    const codecs = /@jsquash|libheif|platform\/pictures\//
    expect(atStart.sources.filter((path) => codecs.test(path))).toEqual([])
    const later = inAll.sources.some((path) => path.includes('libheif'))
    if (name === 'HttpPictures') expect(later).toBe(true)
    if (name.startsWith('Socket') || name === 'HttpChat') expect(later).toBe(false)
  })

  test('loads what reads pages only when there is one, and only to work on a stage', () => {
    const reading = /\/(?:linkedom|readability|robots-parser)\//
    expect(atStart.sources.filter((path) => reading.test(path))).toEqual([])
    const later = inAll.sources.some((path) => path.includes('/linkedom/'))
    expect(later).toBe(name === 'StageWorker')
  })

  test('loads the rules for copy only when a text has to be judged', () => {
    const hasRules = (sources: readonly string[]) =>
      sources.some((path) => path.includes('copy-safety/pack/'))
    expect(hasRules(atStart.sources)).toBe(false)
    expect(hasRules(inAll.sources)).toBe(
      ['StageWorker', 'HttpSafety', 'MediaWorker'].includes(name),
    )
  })

  test('is made of the functions, what they share, and packages', () => {
    const foreign = inAll.sources.filter(
      (path) => !/(^|\/)(functions|shared|node_modules|docs\/api)\/|^builtin:/.test(path),
    )
    expect(foreign).toEqual([])
  })

  test('exports a handler and runs without require', () => {
    expect(atStart.exports).toContain('handler')
    const code = readFileSync(join(bundledFolder(bundle, name), 'index.mjs'), 'utf8')
    // esbuild leaves this in when a CommonJS package requires a module of Node.
    expect(code).not.toContain('Dynamic require of')
  })
})
