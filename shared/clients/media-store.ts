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
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { requiredSetting } from '../platform/environment.ts'
import { environmentNames } from '../platform/environment-names.ts'

export interface PutOptions {
  contentType: string
  /** Plain ASCII, told again by `head`. */
  metadata?: Record<string, string>
  /** What the bucket's lifecycle rules go by; needs the right to tag objects. */
  tags?: Record<string, string>
  /** Leaves an object that is there already as it is. */
  onlyNew?: boolean
}

export interface MediaObject {
  bytes: number
  contentType: string
  metadata: Record<string, string>
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
 * The media bucket. A key begins with `sessions/<session_id>/`, so that erasing a session is erasing
 * one prefix. To be told that an object is missing, rather than that it may not be read, a function
 * needs the right to list the bucket.
 */
export interface MediaStore {
  /** Resolves with false when `onlyNew` found an object there. */
  put(key: string, body: Uint8Array | string, options: PutOptions): Promise<boolean>
  /** Undefined when there is none. */
  get(key: string): Promise<Uint8Array | undefined>
  /** Undefined when there is none. */
  head(key: string): Promise<MediaObject | undefined>
  /**
   * A link from which anybody may read the object for so many seconds; on AWS no longer than the
   * function's own credentials last.
   */
  link(key: string, seconds: number): Promise<string>
  uploadForm(key: string, rules: UploadRules): Promise<UploadForm>
  /** Deletes everything whose key begins so; may be repeated. */
  erase(prefix: string): Promise<void>
  /** The object's name for other AWS services, `s3://<bucket>/<key>`. */
  uri(key: string): string
}

const isMissing = (error: unknown): boolean =>
  error instanceof NoSuchKey || error instanceof NotFound

/** Tries at a conditional put that meets another one; each waits 50 ms longer. */
const conflictTries = 8

const isNamed = (error: unknown, name: string): boolean =>
  error instanceof S3ServiceException && error.name === name

const taggingHeader = (tags: Record<string, string>): string => new URLSearchParams(tags).toString()

/** Keys and values of tags are our own words, with nothing in them that XML would want escaped. */
const taggingField = (tags: Record<string, string>): string => {
  const set = Object.entries(tags).map(
    ([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`,
  )
  return `<Tagging><TagSet>${set.join('')}</TagSet></Tagging>`
}

export const createMediaStore = (client: S3Client, Bucket: string): MediaStore => ({
  async put(Key, Body, { contentType, metadata, tags, onlyNew }) {
    const command = new PutObjectCommand({
      Bucket,
      Key,
      Body,
      ContentType: contentType,
      ...(metadata === undefined ? {} : { Metadata: metadata }),
      ...(tags === undefined ? {} : { Tagging: taggingHeader(tags) }),
      ...(onlyNew ? { IfNoneMatch: '*' } : {}),
    })
    for (let tried = 1; ; tried += 1) {
      try {
        await client.send(command)
        return true
      } catch (error) {
        if (isNamed(error, 'PreconditionFailed')) return false
        // Two writers met: the next try tells whether the other one was first.
        if (!isNamed(error, 'ConditionalRequestConflict') || tried >= conflictTries) throw error
        await new Promise((resolve) => setTimeout(resolve, 50 * tried))
      }
    }
  },
  async get(Key) {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }))
      return await Body?.transformToByteArray()
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  },
  async head(Key) {
    try {
      const found = await client.send(new HeadObjectCommand({ Bucket, Key }))
      return {
        bytes: found.ContentLength ?? 0,
        contentType: found.ContentType ?? 'application/octet-stream',
        metadata: found.Metadata ?? {},
      }
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  },
  link: (Key, seconds) =>
    getSignedUrl(client, new GetObjectCommand({ Bucket, Key }), { expiresIn: seconds }),
  async uploadForm(Key, { contentType, minBytes, maxBytes, seconds, tags }) {
    // Large, and asked for by few.
    const { createPresignedPost } = await import('@aws-sdk/s3-presigned-post')
    const { url, fields } = await createPresignedPost(client, {
      Bucket,
      Key,
      // Every field becomes a condition of its own: the form is good for exactly these values.
      Fields: {
        'Content-Type': contentType,
        ...(tags === undefined ? {} : { tagging: taggingField(tags) }),
      },
      Conditions: [['content-length-range', minBytes, maxBytes]],
      Expires: seconds,
    })
    return { url, fields }
  },
  async erase(prefix) {
    for (;;) {
      const { Contents = [] } = await client.send(
        new ListObjectsV2Command({ Bucket, Prefix: prefix }),
      )
      const Objects = Contents.flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]))
      if (Objects.length === 0) return
      const { Errors = [] } = await client.send(
        new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
      )
      if (Errors.length > 0) {
        const [{ Code } = {}] = Errors
        throw new Error(`${Errors.length} objects could not be deleted: ${Code}.`)
      }
    }
  },
  uri: (key) => `s3://${Bucket}/${key}`,
})

let made: MediaStore | undefined

/**
 * The deployed bucket, named by MEDIA_BUCKET_NAME; one client per process. The SDK itself puts the
 * bucket into the path where AWS_ENDPOINT_URL_S3 has an IP address for a host.
 */
export const mediaStore = (): MediaStore => {
  made ??= createMediaStore(new S3Client({}), requiredSetting(environmentNames.mediaBucketName))
  return made
}
