import { randomUUID } from 'node:crypto'
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../../local/engine.ts'
import { createMediaStore, type MediaStore } from '../../../shared/clients/media-store.ts'
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
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
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
  it('keeps objects with their metadata, and says when there is none', async () => {
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

  it('erases everything that begins with a prefix and nothing else, twice without a word', async () => {
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
  it('lets a plain client read, and none without it or with another', async () => {
    await media.put('linked/한글 파일+(1).txt', '안녕', text)
    await media.put('linked/other.txt', '남', text)
    const link = await media.link('linked/한글 파일+(1).txt', 60)
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

describe('an upload form', () => {
  const rules = { contentType: 'audio/wav', minBytes: 2, maxBytes: 5, seconds: 60 }
  const upload = async (
    body: string | Uint8Array<ArrayBuffer>,
    changes: Record<string, string> = {},
    most = rules.maxBytes,
  ): Promise<Response> => {
    const { url, fields } = await media.uploadForm('uploads/one.wav', { ...rules, maxBytes: most })
    const form = new FormData()
    for (const [name, value] of Object.entries({ ...fields, ...changes })) form.set(name, value)
    form.set('file', new Blob([body]), 'whatever.bin')
    return fetch(url, { method: 'POST', body: form })
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
    ['a key of its own', '123', { 'X-Amz-Credential': 'me/20260101/x/s3/y' }, 'InvalidAccessKeyId'],
  ])('refuses %s', async (_, body, changes, code) => {
    const refused = await upload(body, changes as Record<string, string>)
    expect(refused.status).toBeGreaterThanOrEqual(400)
    expect(await codeOf(refused)).toBe(code)
  })

  it('refuses a request that comes too late', async () => {
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
