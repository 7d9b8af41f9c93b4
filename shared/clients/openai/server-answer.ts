import type { IncomingMessage } from 'node:http'
import { pipeline, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { StudioError } from '../../contracts/errors.ts'
import { streamLimits } from '../../rules/model-limits.ts'

/** An answer of a model's server as far as it is read: one of `fetch`, or one over our own connections. */
export interface ServerAnswer {
  ok: boolean
  status: number
  headers: Headers
  body: AsyncIterable<Uint8Array> | null
}

const decoders: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

/** What was compressed although no request asks for it, as some proxies do. */
async function* decompressed(
  incoming: IncomingMessage,
  decoder: Transform,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  // Reading tells what goes wrong; given up, it ends the answer too.
  for await (const chunk of pipeline(incoming, decoder, () => {})) {
    bytes += chunk.length
    if (bytes > streamLimits.decompressedBytes) {
      throw new StudioError('UPSTREAM_ERROR', "The model's server sent an answer without an end.")
    }
    yield chunk
  }
}

/** The beginning of an answer over one of our own connections. */
export const answerOf = (incoming: IncomingMessage): ServerAnswer => {
  const status = incoming.statusCode ?? 0
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(incoming.headersDistinct)) {
    for (const value of values) headers.append(name, value)
  }
  const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? ''
  const decoder = decoders.get(encoding)
  const body = decoder === undefined ? incoming : decompressed(incoming, decoder())
  return { ok: status >= 200 && status < 300, status, headers, body }
}
