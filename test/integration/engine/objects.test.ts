import { randomUUID } from 'node:crypto'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signedHeaders } from '../../../local/aws/signature.ts'
import type { Engine } from '../../../local/engine.ts'
import { createMediaStore, type MediaStore } from '../../../shared/clients/media-store.ts'
import { jsonOf } from './eventually.ts'
import { makeWorkspace, removeWorkspace, startSample } from './sample-engine.ts'

let workspace: string
let engine: Engine
let client: S3Client
let media: MediaStore
beforeAll(async () => {
  workspace = await makeWorkspace()
  engine = await startSample(workspace)
  client = new S3Client({
    endpoint: engine.endpoints.s3,
    region: 'ap-northeast-2',
    credentials: engine.credentials,
  })
  media = createMediaStore(client, engine.resources.Media ?? '')
})
afterAll(async () => {
  client?.destroy()
  await engine?.close()
  await removeWorkspace(workspace)
})

const text = { contentType: 'text/plain' }
const codeOf = async (response: Response): Promise<string | undefined> =>
  /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1]

describe('the media store', () => {
  it('keeps objects with their metadata, and finds none where there is none', async () => {
    await media.put('kept/one', '하나', { ...text, metadata: { 'duration-ms': '12' } })
    expect(Buffer.from((await media.get('kept/one')) ?? []).toString()).toBe('하나')
    expect(await media.head('kept/one')).toEqual({
      bytes: 6,
      contentType: 'text/plain',
      metadata: { 'duration-ms': '12' },
    })
    expect(await media.get('kept/none')).toBeUndefined()
    expect(await media.head('kept/none')).toBeUndefined()
  })

  it('erases everything that begins with a prefix and nothing else, and may be repeated', async () => {
    const keys = ['gone/1', 'gone/2/3', 'gone2/1']
    await Promise.all(keys.map((key) => media.put(key, key, text)))
    await media.erase('gone/')
    await media.erase('gone/')
    const left = await Promise.all(keys.map((key) => media.head(key)))
    expect(left.map((found) => found !== undefined)).toEqual([false, false, true])
  })

  it('lets one of many writers be the first', async () => {
    const bodies = ['a', 'bb', 'ccc', 'dddd']
    const key = `first-${randomUUID()}`
    const put = (body: string) => media.put(key, body, { ...text, onlyNew: true })
    const won = await Promise.all(bodies.map(put))
    expect(won.filter(Boolean)).toHaveLength(1)
    expect((await media.head(key))?.bytes).toBe(bodies[won.indexOf(true)]?.length)
    expect(await put('late')).toBe(false)
  })
})

describe('a signed link', () => {
  it('lets a plain client read with its signature only', async () => {
    await media.put('linked/한글 파일+(1).txt', '안녕', text)
    await media.put('linked/other.txt', '남', text)
    const link = await media.link('linked/한글 파일+(1).txt', 60, 'text/plain')
    expect(link).toContain('X-Amz-Expires=60')
    const read = await fetch(link)
    expect(read.headers.get('content-type')).toBe('text/plain')
    expect(await read.text()).toBe('안녕')

    const [bare = ''] = link.split('?')
    const other = link.replace(/linked\/[^?]+/, 'linked/other.txt')
    const longer = link.replace('X-Amz-Expires=60', 'X-Amz-Expires=6000')
    expect(await codeOf(await fetch(bare))).toBe('AccessDenied')
    expect(await codeOf(await fetch(other))).toBe('SignatureDoesNotMatch')
    expect(await codeOf(await fetch(longer))).toBe('SignatureDoesNotMatch')
    const put = await fetch(link, { method: 'PUT', body: '다른 것' })
    expect(await codeOf(put)).toBe('SignatureDoesNotMatch')
  })

  it.each([
    ['audio/mpeg', 'inline'],
    ['image/png', 'inline'],
    ['text/html', 'attachment'],
    ['image/svg+xml', 'attachment'],
    ['application/json', 'attachment'],
    ['application/octet-stream', 'attachment'],
  ])('fixes what it is answered as, whatever was stored: %s', async (contentType, disposition) => {
    await media.put('linked/page', '<script>alert(1)</script>', { contentType: 'text/html' })
    const link = await media.link('linked/page', 60, contentType)
    const { headers } = await fetch(link)
    expect(headers.get('content-type')).toBe(contentType)
    expect(headers.get('content-disposition')).toBe(disposition)
    const opened = link
      .replace(encodeURIComponent(contentType), 'text%2Fhtml%3Bx')
      .replace('disposition=attachment', 'disposition=inline')
    expect(await codeOf(await fetch(opened))).toBe('SignatureDoesNotMatch')
  })

  it('is good until its time, and not after', async () => {
    await media.put('linked/short', '짧게', text)
    const signed = (secondsAgo: number) =>
      getSignedUrl(
        client,
        new GetObjectCommand({ Bucket: engine.resources.Media, Key: 'linked/short' }),
        { expiresIn: 900, signingDate: new Date(Date.now() - secondsAgo * 1000) },
      )
    expect((await fetch(await signed(600))).status).toBe(200)
    const late = await fetch(await signed(901))
    expect(late.status).toBe(403)
    expect(await late.text()).toContain('Request has expired')
  })
})

describe("a request that is not signed with the engine's own credentials", () => {
  const clientOf = (keys: { accessKeyId: string; secretAccessKey: string }) =>
    new S3Client({ endpoint: engine.endpoints.s3, region: 'ap-northeast-2', credentials: keys })
  const operations = () => {
    const Bucket = engine.resources.Media
    const Key = 'private'
    return [
      new ListBucketsCommand(),
      new ListObjectsV2Command({ Bucket }),
      new GetObjectCommand({ Bucket, Key }),
      new HeadObjectCommand({ Bucket, Key }),
      new PutObjectCommand({ Bucket, Key, Body: 'overwritten' }),
      new DeleteObjectCommand({ Bucket, Key }),
    ]
  }
  /** What S3 answers to each operation of a client. */
  const answersTo = (intruder: S3Client): Promise<string[]> =>
    Promise.all(
      operations().map((operation) =>
        intruder.send(operation as ListBucketsCommand).then(
          () => 'done',
          (error) => (error.$metadata.httpStatusCode === 403 ? error.name : String(error)),
        ),
      ),
    )
  const kept = async () => Buffer.from((await media.get('private')) ?? []).toString()
  beforeAll(() => media.put('private', '내 것', text))

  it.each([
    ['another key', 'InvalidAccessKeyId', () => ({ accessKeyId: 'local', secretAccessKey: 'x' })],
    [
      'another secret',
      'SignatureDoesNotMatch',
      () => ({ ...engine.credentials, secretAccessKey: 'local' }),
    ],
  ])('lists, reads, overwrites and deletes nothing: %s', async (_, code, keys) => {
    const intruder = clientOf(keys())
    // A HEAD has no body to say it in.
    const wanted = [code, code, code, 'Unknown', code, code]
    expect(await answersTo(intruder)).toEqual(wanted)
    intruder.destroy()
    expect(await kept()).toBe('내 것')
  })

  it('is refused without a signature, with one of a word, and with one that was altered', async () => {
    const url = `${engine.endpoints.s3}/${engine.resources.Media}/private`
    const signed = await signedHeaders('s3', url, { method: 'DELETE' })
    const codes = (headers: Record<string, string>, address = url, method = 'DELETE') =>
      fetch(address, { method, headers }).then(codeOf)
    expect(await codes({})).toBe('AccessDenied')
    expect(await codes({ authorization: 'Bearer anything' })).toBe('AccessDenied')
    expect(await codes(signed, url, 'PUT')).toBe('SignatureDoesNotMatch')
    expect(await codes(signed, `${url}2`)).toBe('SignatureDoesNotMatch')
    const later = { ...signed, 'x-amz-date': signed['x-amz-date']?.replace(/\d\dZ$/, '00Z') ?? '' }
    if (later['x-amz-date'] !== signed['x-amz-date']) {
      expect(await codes(later)).toBe('SignatureDoesNotMatch')
    }
    expect(await kept()).toBe('내 것')
  })

  it('is refused when its body is not the one that was signed', async () => {
    const url = `${engine.endpoints.s3}/${engine.resources.Media}/private`
    const headers = await signedHeaders('s3', url, { method: 'PUT', body: '내 것' })
    const put = await fetch(url, { method: 'PUT', headers, body: '남의 것' })
    expect([put.status, await codeOf(put)]).toEqual([400, 'XAmzContentSHA256Mismatch'])
    expect(await kept()).toBe('내 것')
  })

  it('reads and writes no message', async () => {
    const operate = async (operation: string, sign: boolean, body: object = {}) => {
      const request = {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `AmazonSQS.${operation}`,
        },
        body: JSON.stringify({ QueueUrl: engine.resources.Work, ...body }),
      }
      const signed = await signedHeaders('sqs', engine.endpoints.sqs, request)
      const altered = { ...request, body: `${request.body} ` }
      const headers = sign ? signed : { ...request.headers, authorization: 'anything' }
      const response = await fetch(engine.endpoints.sqs, { ...altered, headers })
      const { __type } = await jsonOf(response)
      return [response.status, __type]
    }
    for (const operation of ['ReceiveMessage', 'SendMessage', 'PurgeQueue', 'ListQueues']) {
      expect(await operate(operation, false)).toEqual([403, 'MissingAuthenticationToken'])
      expect(await operate(operation, true)).toEqual([403, 'SignatureDoesNotMatch'])
    }
    expect((await fetch(`${engine.endpoints.sqs}/_fauxqs/queues`)).status).toBe(403)
  })
})

describe('an upload form', () => {
  const rules = { contentType: 'audio/wav', minBytes: 2, maxBytes: 5, seconds: 60 }
  const upload = async (
    body: string | Uint8Array<ArrayBuffer>,
    changes: Record<string, string> = {},
    most = rules.maxBytes,
    to = '',
  ): Promise<Response> => {
    const { url, fields } = await media.uploadForm('uploads/one.wav', { ...rules, maxBytes: most })
    const form = new FormData()
    for (const [name, value] of Object.entries({ ...fields, ...changes })) form.set(name, value)
    form.set('file', new Blob([body]), 'whatever.bin')
    return fetch(`${url}${to}`, { method: 'POST', body: form })
  }

  it('takes one object of its key, type and size', async () => {
    expect((await upload('12345')).status).toBe(204)
    expect(await media.head('uploads/one.wav')).toMatchObject({
      bytes: 5,
      contentType: 'audio/wav',
    })
    const large = new Uint8Array(20 * 1024 * 1024)
    expect((await upload(large, {}, large.length)).status).toBe(204)
  })

  it.each([
    ['a byte too many', '123456', {}, 'EntityTooLarge'],
    ['a byte too few', '1', {}, 'EntityTooSmall'],
    ['another key', '123', { key: 'uploads/two.wav' }, 'AccessDenied'],
    ['another type', '123', { 'Content-Type': 'text/html' }, 'AccessDenied'],
    ['a field more', '123', { 'x-amz-meta-owner': 'me' }, 'AccessDenied'],
    ['no policy', '123', { Policy: '' }, 'AccessDenied'],
    ['a policy of its own', '123', { Policy: btoa('{}') }, 'SignatureDoesNotMatch'],
    [
      'a key of its own',
      '123',
      { 'X-Amz-Credential': 'me/20260101/x/s3/aws4_request' },
      'InvalidAccessKeyId',
    ],
  ])('refuses %s', async (_, body, changes, code) => {
    const refused = await upload(body, changes as Record<string, string>)
    expect(refused.status).toBeGreaterThanOrEqual(400)
    expect(await codeOf(refused)).toBe(code)
  })

  it.each(['/another', '?delete', '/another?uploads'])('signs nothing else: %s', async (to) => {
    const refused = await upload('123', {}, rules.maxBytes, to)
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'AccessDenied'])
  })

  it('refuses a late upload', async () => {
    const { url, fields } = await media.uploadForm('uploads/late.wav', { ...rules, seconds: -1 })
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    form.set('file', new Blob(['123']))
    const late = await fetch(url, { method: 'POST', body: form })
    expect(late.status).toBe(403)
    expect(await late.text()).toContain('Policy expired')
    expect(await media.head('uploads/late.wav')).toBeUndefined()
  })
})
