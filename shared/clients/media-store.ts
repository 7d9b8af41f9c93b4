import { createReadStream } from 'node:fs'
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { StudioError } from '../contracts/errors.ts'
import { requiredSetting } from '../platform/environment.ts'
import { environmentNames } from '../platform/environment-names.ts'
import { pause } from '../platform/pause.ts'
import { log } from '../platform/telemetry.ts'
import { dispositionOf } from '../rules/served-content.ts'
import { translateAws } from './aws-errors.ts'

export interface PutOptions {
  contentType: string
  /** Plain ASCII; `head` answers with it. */
  metadata?: Record<string, string>
  /** For the bucket's lifecycle rules; needs the right to tag objects. */
  tags?: Record<string, string>
  /** Leaves an object that exists as it is. */
  onlyNew?: boolean
}

/** A file on this machine, which is read while it is sent. */
export interface LocalFile {
  path: string
  bytes: number
}

export interface MediaObject {
  bytes: number
  contentType: string
  metadata: Record<string, string>
}

/** An object as a list names it. */
export interface MediaEntry {
  key: string
  bytes: number
  /** Milliseconds since the epoch. */
  storedAt: number
}

export interface UploadRules {
  /** The one content type that S3 takes for this key. */
  contentType: string
  /** Bounds of the object's size in bytes, both inclusive; S3 refuses what is outside. */
  minBytes: number
  maxBytes: number
  /** Seconds for which the form is good. */
  seconds: number
  tags?: Record<string, string>
}

/** A form that a browser posts as multipart/form-data: these fields first, then the field `file`. */
export interface UploadForm {
  url: string
  fields: Record<string, string>
}

/**
 * The media bucket. A key begins with one of `mediaPrefixes` (rules/storage-layout) and the session's
 * id, so that erasing a session is erasing a prefix of each kind. For S3 to answer that an object is
 * missing, rather than forbidden, a function needs the right to list the bucket.
 */
export interface MediaStore {
  /** Resolves with false when `onlyNew` found an object there. */
  put(key: string, body: Uint8Array | string | LocalFile, options: PutOptions): Promise<boolean>
  /** Undefined when there is none. */
  get(key: string): Promise<Uint8Array | undefined>
  /** The same in pieces, for what may be large. Undefined when there is none. */
  open(key: string): Promise<AsyncIterable<Uint8Array> | undefined>
  /** Undefined when there is none. */
  head(key: string): Promise<MediaObject | undefined>
  /**
   * A link that needs no credentials to read the object, good for so many seconds; on AWS no longer
   * than the function's own credentials last. It is answered with this content type, whatever the object
   * was stored with, and as a download unless browsers cannot run such content.
   * @param disposition a Content-Disposition in the place of that
   */
  link(key: string, seconds: number, contentType: string, disposition?: string): Promise<string>
  uploadForm(key: string, rules: UploadRules): Promise<UploadForm>
  /**
   * Deletes every object under a prefix; may be repeated.
   * @throws StudioError UPSTREAM_ERROR, RATE_LIMITED, CAPABILITY_NOT_CONFIGURED
   */
  erase(prefix: string): Promise<void>
  /** Every object under a prefix, up to a thousand at a time. */
  list(prefix: string): AsyncIterable<MediaEntry[]>
  /** The object's name for other AWS services, `s3://<bucket>/<key>`. */
  uri(key: string): string
}

const isMissing = (error: unknown): boolean =>
  error instanceof NoSuchKey || error instanceof NotFound

/** Tries at a conditional put that meets another one; each pause is 50 ms longer. */
const conflictTries = 8

const isNamed = (error: unknown, name: string): boolean =>
  error instanceof S3ServiceException && error.name === name

const taggingHeader = (tags: Record<string, string>): string => new URLSearchParams(tags).toString()

/** Keys and values of tags are constants of ours, with nothing in them that XML wants escaped. */
const taggingField = (tags: Record<string, string>): string => {
  const set = Object.entries(tags).map(
    ([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`,
  )
  return `<Tagging><TagSet>${set.join('')}</TagSet></Tagging>`
}

interface Bucket {
  client: S3Client
  name: string
}

const contentOf = (body: Uint8Array | string | LocalFile) =>
  typeof body === 'string' || body instanceof Uint8Array
    ? { Body: body }
    : { Body: createReadStream(body.path), ContentLength: body.bytes }

const put = async (
  { client, name }: Bucket,
  key: string,
  body: Uint8Array | string | LocalFile,
  { contentType, metadata, tags, onlyNew }: PutOptions,
): Promise<boolean> => {
  // A stream is read once: each try has its own.
  const command = () =>
    new PutObjectCommand({
      Bucket: name,
      Key: key,
      ...contentOf(body),
      ContentType: contentType,
      ...(metadata === undefined ? {} : { Metadata: metadata }),
      ...(tags === undefined ? {} : { Tagging: taggingHeader(tags) }),
      ...(onlyNew ? { IfNoneMatch: '*' } : {}),
    })
  for (let tried = 1; ; tried += 1) {
    try {
      await client.send(command())
      return true
    } catch (error) {
      if (isNamed(error, 'PreconditionFailed')) return false
      // Two writers met: the next try shows whether the other one was first.
      if (!isNamed(error, 'ConditionalRequestConflict') || tried >= conflictTries) throw error
      await pause(50 * tried)
    }
  }
}

/** Undefined when the object is missing. */
const ifThere = async <T>(read: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await read()
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

const get = async ({ client, name }: Bucket, key: string): Promise<Uint8Array | undefined> => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: name, Key: key }))
  return Body?.transformToByteArray()
}

const open = async ({ client, name }: Bucket, key: string) => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: name, Key: key }))
  // In Node the body is a stream of its own.
  return Body as AsyncIterable<Uint8Array> | undefined
}

const head = async ({ client, name }: Bucket, key: string): Promise<MediaObject> => {
  const found = await client.send(new HeadObjectCommand({ Bucket: name, Key: key }))
  return {
    bytes: found.ContentLength ?? 0,
    contentType: found.ContentType ?? 'application/octet-stream',
    metadata: found.Metadata ?? {},
  }
}

const uploadForm = async (
  { client, name }: Bucket,
  key: string,
  { contentType, minBytes, maxBytes, seconds, tags }: UploadRules,
): Promise<UploadForm> => {
  // Large, and needed by one route alone.
  const { createPresignedPost } = await import('@aws-sdk/s3-presigned-post')
  const { url, fields } = await createPresignedPost(client, {
    Bucket: name,
    Key: key,
    // Every field becomes a condition of its own: the form is good for exactly these values.
    Fields: {
      'Content-Type': contentType,
      ...(tags === undefined ? {} : { tagging: taggingField(tags) }),
    },
    Conditions: [['content-length-range', minBytes, maxBytes]],
    Expires: seconds,
  })
  log.info('form signed', { key, seconds })
  return { url, fields }
}

async function* list({ client, name }: Bucket, prefix: string): AsyncGenerator<MediaEntry[]> {
  for (let token: string | undefined; ; ) {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: name, Prefix: prefix, ContinuationToken: token }),
    )
    yield (page.Contents ?? []).flatMap(({ Key, Size, LastModified }) =>
      Key === undefined
        ? []
        : [{ key: Key, bytes: Size ?? 0, storedAt: LastModified?.getTime() ?? 0 }],
    )
    token = page.NextContinuationToken
    if (token === undefined) return
  }
}

const link = async (
  { client, name }: Bucket,
  key: string,
  seconds: number,
  contentType: string,
  disposition: string | undefined,
): Promise<string> => {
  const command = new GetObjectCommand({
    Bucket: name,
    Key: key,
    ResponseContentType: contentType,
    ResponseContentDisposition: disposition ?? dispositionOf(contentType),
  })
  // Not needed until there is something to link to.
  const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner')
  const url = await getSignedUrl(client, command, { expiresIn: seconds })
  // The bucket has no access log: this is the record of who was let in to what (lib/data.ts).
  log.info('link signed', { key, seconds })
  return url
}

/** Lists from the start again until nothing is left. */
const eraseAll = async ({ client, name }: Bucket, prefix: string): Promise<void> => {
  for (;;) {
    const { Contents = [] } = await client.send(
      new ListObjectsV2Command({ Bucket: name, Prefix: prefix }),
    )
    const Objects = Contents.flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]))
    if (Objects.length === 0) return
    const { Errors = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket: name, Delete: { Objects, Quiet: true } }),
    )
    if (Errors.length > 0) {
      const cause = new Error(`${Errors.length} objects could not be deleted: ${Errors[0]?.Code}.`)
      throw new StudioError('UPSTREAM_ERROR', 'The media bucket kept some objects.', { cause })
    }
  }
}

const erase = async (bucket: Bucket, prefix: string): Promise<void> => {
  try {
    await eraseAll(bucket, prefix)
  } catch (error) {
    throw translateAws(error, 'The media bucket')
  }
}

export const createMediaStore = (client: S3Client, name: string): MediaStore => {
  const bucket: Bucket = { client, name }
  return {
    put: (key, body, options) => put(bucket, key, body, options),
    get: (key) => ifThere(() => get(bucket, key)),
    open: (key) => ifThere(() => open(bucket, key)),
    head: (key) => ifThere(() => head(bucket, key)),
    link: (key, seconds, contentType, disposition) =>
      link(bucket, key, seconds, contentType, disposition),
    uploadForm: (key, rules) => uploadForm(bucket, key, rules),
    erase: (prefix) => erase(bucket, prefix),
    list: (prefix) => list(bucket, prefix),
    uri: (key) => `s3://${name}/${key}`,
  }
}

let made: MediaStore | undefined

/**
 * The deployed bucket, named by MEDIA_BUCKET_NAME; one client per process. The SDK itself moves the
 * bucket into the path where the host of AWS_ENDPOINT_URL_S3 is an IP address.
 */
export const mediaStore = (): MediaStore => {
  made ??= createMediaStore(new S3Client({}), requiredSetting(environmentNames.mediaBucketName))
  return made
}
