/**
 * Imported into every thread of an engine's functions (`EngineOptions.preload`). The media worker's thread ends, as a
 * sandbox that lost its machine does, at the points that `planDeaths` names: each of them kills one worker.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import http, { type ClientRequest, type IncomingMessage } from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { type Death, deathFile, deathFolderName } from './deaths.ts'

const folder = process.env[deathFolderName] ?? ''
const isWorker = process.env.AWS_LAMBDA_FUNCTION_NAME === 'MediaWorker'

/** What this thread works on. */
let run = ''
let kind = ''

const deaths = (): Death[] => {
  try {
    return JSON.parse(readFileSync(join(folder, deathFile), 'utf8'))
  } catch {
    return []
  }
}

/** Whether this is the first to come to a death that fits. */
const isDue = (point: string, when: Death['when']): boolean =>
  deaths().some((death) => {
    if (death.run !== run || death.when !== when) return false
    if (!new RegExp(death.at, 's').test(`${kind} ${point}`)) return false
    try {
      writeFileSync(join(folder, `${death.name}.dead`), point.slice(0, 300), { flag: 'wx' })
      return true
    } catch {
      return false
    }
  })

const pass = (point: string, when: Death['when']): void => {
  if (isDue(point, when)) process.exit(137)
}

const learn = (text: string): void => {
  // Only the claim of an asset names its worker's number.
  if (!text.includes(':workers')) return
  run = /run_[0-9a-z]{26}/.exec(text)?.[0] ?? run
  kind = /(asset|export)_[0-9a-z]{26}/.exec(text)?.[1] ?? kind
}

const watched = (request: ClientRequest): ClientRequest => {
  const end = request.end.bind(request) as (...given: unknown[]) => ClientRequest
  const emit = request.emit.bind(request)
  let point = ''
  request.emit = (event: string | symbol, ...details: unknown[]): boolean => {
    const [response] = details as [IncomingMessage]
    if (event === 'response' && (response.statusCode ?? 500) < 300) pass(point, 'after')
    return emit(event, ...details)
  }
  return Object.assign(request, {
    end: (...given: unknown[]): ClientRequest => {
      const [body] = given
      const text =
        typeof body === 'string' || body instanceof Uint8Array ? Buffer.from(body).toString() : ''
      const target = request.getHeader('x-amz-target')?.toString() ?? 's3'
      learn(text)
      const what = target === 's3' ? request.getHeader('content-type') : text
      point = `${target} ${request.method} ${request.path} ${what}`
      pass(point, 'before')
      return end(...given)
    },
  })
}

if (isWorker) {
  const request = http.request as (...given: unknown[]) => ClientRequest
  Object.assign(http, { request: (...given: unknown[]) => watched(request(...given)) })
  syncBuiltinESMExports()
  const fetchOriginally = globalThis.fetch
  globalThis.fetch = async (...given) => {
    const [input, init] = given
    const url = input instanceof Request ? input.url : String(input)
    const point = `fetch ${init?.method ?? 'GET'} ${new URL(url).pathname}`
    pass(point, 'before')
    const response = await fetchOriginally(...given)
    pass(point, 'after')
    return response
  }
}
