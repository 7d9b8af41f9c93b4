import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import * as z from 'zod'
import type { Engine } from '../../../local/engine.ts'
import { putEvent } from './put-event.ts'
import { Refusal, type Refused, refusals } from './refusals.ts'

/** What comes of one job. */
export interface Transcription {
  /** What was said; silence when empty. */
  transcript?: string
  /** The reason for which the job ends as FAILED. */
  failure?: string
  /** The job goes on until this settles. */
  until?: Promise<unknown>
  /** How often its end is announced: once when not given. */
  events?: number
  /** Its end is announced only when this has settled. */
  eventsAfter?: Promise<unknown>
}

const Input = z.looseObject({
  TranscriptionJobName: z.string().regex(/^[0-9a-zA-Z._-]{1,200}$/),
  LanguageCode: z.string().optional(),
  MediaFormat: z.enum(['mp3', 'mp4', 'wav', 'flac', 'ogg', 'amr', 'webm', 'm4a']).optional(),
  Media: z.object({ MediaFileUri: z.string().regex(/^s3:\/\/[^/]+\/.+$/) }),
  OutputBucketName: z.string(),
  OutputKey: z.string().optional(),
})
export type TranscriptionInput = z.infer<typeof Input>

export interface TranscriptionJob {
  name: string
  input: TranscriptionInput
  /** The recording, as it was read from the bucket. */
  media: Buffer
  status: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'
  failure?: string
}

export interface TranscribeStandIn {
  /** Answers to the next starts, in order. */
  script(...next: (Transcription | Refused)[]): void
  /** Jobs that were started, in order. */
  jobs: TranscriptionJob[]
  /** Names of all calls, in order. */
  calls: string[]
  /** Resolves when every job so far has ended and sent all of its events. */
  settled(): Promise<void>
  reset(): void
  /** @throws Refusal */
  call(operation: string, input: unknown): Promise<unknown>
}

const placeOf = (uri: string): { Bucket: string; Key: string } => {
  const [, Bucket = '', Key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? []
  return { Bucket, Key }
}

const outputPlace = ({ OutputBucketName, OutputKey, TranscriptionJobName }: TranscriptionInput) => {
  const file = `${TranscriptionJobName}.json`
  const Key = OutputKey === undefined ? file : OutputKey.replace(/\/$/, `/${file}`)
  return { Bucket: OutputBucketName, Key }
}

/** The transcript file as the service writes it. */
const transcriptFile = (name: string, language: string, transcript: string): string => {
  const words = transcript.split(/\s+/).filter(Boolean)
  const at = (index: number): string => (index * 0.4).toFixed(2)
  const items = words.map((content, id) => ({
    id,
    type: 'pronunciation',
    alternatives: [{ confidence: '0.987', content }],
    start_time: at(id),
    end_time: at(id + 1),
  }))
  const segment = {
    id: 0,
    transcript,
    start_time: at(0),
    end_time: at(words.length),
    items: items.map(({ id }) => id),
  }
  return JSON.stringify({
    jobName: name,
    accountId: '000000000000',
    status: 'COMPLETED',
    results: {
      language_code: language,
      transcripts: [{ transcript }],
      items,
      audio_segments: words.length > 0 ? [segment] : [],
    },
  })
}

const refused = (name: string, message: string): Refusal =>
  new Refusal({ refused: name, status: 400, message })

const parse = <T extends z.ZodType>(schema: T, input: unknown): z.output<T> => {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw refused('BadRequestException', z.prettifyError(parsed.error))
}

type AttachedEngine = () => Pick<Engine, 'endpoints' | 'credentials'>

/** What the operations share. */
interface Service {
  engine: AttachedEngine
  jobs: TranscriptionJob[]
  scripted: (Transcription | Refused)[]
  running: Set<Promise<void>>
}

const bucket = ({ engine }: Service): S3Client =>
  new S3Client({
    endpoint: engine().endpoints.s3,
    region: 'us-east-1',
    credentials: engine().credentials,
  })

const announceEnd = (
  { engine }: Service,
  { name, status, failure }: TranscriptionJob,
): Promise<void> =>
  putEvent(engine(), {
    source: 'aws.transcribe',
    detailType: 'Transcribe Job State Change',
    detail: {
      TranscriptionJobName: name,
      TranscriptionJobStatus: status,
      ...(failure === undefined ? {} : { FailureReason: failure }),
    },
  })

/** Ends a job as it was scripted. */
const perform = async (
  service: Service,
  job: TranscriptionJob,
  { transcript = '', failure, until, events = 1, eventsAfter }: Transcription,
): Promise<void> => {
  await until
  if (failure === undefined) {
    const file = transcriptFile(job.name, job.input.LanguageCode ?? 'ko-KR', transcript)
    await bucket(service).send(new PutObjectCommand({ ...outputPlace(job.input), Body: file }))
    job.status = 'COMPLETED'
  } else {
    job.status = 'FAILED'
    job.failure = failure
  }
  await eventsAfter
  for (let sent = 0; sent < events; sent += 1) await announceEnd(service, job)
}

const readMedia = async (service: Service, uri: string): Promise<Buffer> => {
  try {
    const { Body } = await bucket(service).send(new GetObjectCommand(placeOf(uri)))
    return Buffer.from((await Body?.transformToByteArray()) ?? [])
  } catch {
    throw refused('BadRequestException', "The URI that you provided doesn't point to an S3 object.")
  }
}

const viewOf = (job: TranscriptionJob) => {
  const { Bucket, Key } = outputPlace(job.input)
  const TranscriptFileUri = `https://s3.us-east-1.amazonaws.com/${Bucket}/${Key}`
  return {
    TranscriptionJob: {
      TranscriptionJobName: job.name,
      TranscriptionJobStatus: job.status,
      LanguageCode: job.input.LanguageCode,
      MediaFormat: job.input.MediaFormat,
      Media: job.input.Media,
      CreationTime: Date.now() / 1000,
      ...(job.status === 'COMPLETED' ? { Transcript: { TranscriptFileUri } } : {}),
      ...(job.failure === undefined ? {} : { FailureReason: job.failure }),
    },
  }
}

/** @throws Refusal */
const findJob = ({ jobs }: Service, given: unknown): TranscriptionJob => {
  const { TranscriptionJobName: name } = parse(
    z.object({ TranscriptionJobName: z.string() }),
    given,
  )
  const job = jobs.find((candidate) => candidate.name === name)
  if (job) return job
  throw refused('BadRequestException', "The requested job couldn't be found.")
}

const startJob = async (service: Service, given: unknown) => {
  const { jobs, scripted, running } = service
  const coming = scripted.shift() ?? refusals.unscripted
  if ('refused' in coming) throw new Refusal(coming)
  const input = parse(Input, given)
  const name = input.TranscriptionJobName
  if (jobs.some((job) => job.name === name)) {
    scripted.unshift(coming)
    throw refused('ConflictException', 'The requested job name already exists.')
  }
  const media = await readMedia(service, input.Media.MediaFileUri)
  const job: TranscriptionJob = { name, input, media, status: 'IN_PROGRESS' }
  jobs.push(job)
  const ending = perform(service, job, coming).finally(() => running.delete(ending))
  running.add(ending)
  // `settled` rejects with what fails here; without it, nothing waits for the end.
  ending.catch(() => {})
  return viewOf(job)
}

const operations: Record<string, (service: Service, given: unknown) => unknown> = {
  StartTranscriptionJob: startJob,
  GetTranscriptionJob: (service, given) => viewOf(findJob(service, given)),
  DeleteTranscriptionJob(service, given) {
    const job = findJob(service, given)
    service.jobs.splice(service.jobs.indexOf(job), 1)
    return {}
  },
}

export const createTranscribe = (engine: AttachedEngine): TranscribeStandIn => {
  const service: Service = { engine, jobs: [], scripted: [], running: new Set() }
  const { jobs, scripted, running } = service
  const calls: string[] = []
  return {
    jobs,
    calls,
    script: (...next) => void scripted.push(...next),
    async settled() {
      await Promise.all(running)
    },
    reset() {
      jobs.length = 0
      calls.length = 0
      scripted.length = 0
    },
    async call(operation, input) {
      calls.push(operation)
      const serve = operations[operation]
      if (!serve) throw refused('UnknownOperationException', `${operation} is not known here.`)
      return serve(service, input)
    },
  }
}
