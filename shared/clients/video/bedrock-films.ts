import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime'
import { StudioError, type VendorReason } from '../../contracts/errors.ts'
import type { VideoSettings } from '../../platform/video-settings.ts'
import { snapFilm } from '../../rules/films/film-offers.ts'
import { translateAws } from '../aws-errors.ts'
import { vendorCode } from '../failure-codes.ts'
import type { MediaStore } from '../media-store.ts'
import { maskedMessage } from '../openai/masked-message.ts'
import { asClip, brokenFilm, refusedFilm, saidOfJob, saysRefused } from './film-failure.ts'
import { type FilmOrder, type FilmProgress, type FilmVendor, maxClipBytes } from './film-vendor.ts'

const service = 'Amazon Bedrock'

const ratios: readonly (readonly [name: string, ratio: number])[] = [
  ['9:16', 9 / 16],
  ['16:9', 16 / 9],
  ['1:1', 1],
  ['3:4', 3 / 4],
  ['4:3', 4 / 3],
  ['21:9', 21 / 9],
  ['9:21', 9 / 21],
]

const aspectRatio = ({ width, height }: FilmOrder): string => {
  const off = (ratio: number) => Math.abs(Math.log(width / height / ratio))
  return ratios.reduce((best, next) => (off(next[1]) < off(best[1]) ? next : best))[0]
}

/** The model's own request, https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-luma.html. */
const inputOf = (order: FilmOrder) => ({
  prompt: order.prompt,
  aspect_ratio: aspectRatio(order),
  duration: `${order.seconds}s`,
  resolution: '720p',
  loop: false,
  ...(order.reference && {
    keyframes: {
      frame0: {
        type: 'image',
        source: {
          type: 'base64',
          media_type: order.reference.contentType,
          data: Buffer.from(order.reference.bytes).toString('base64'),
        },
      },
    },
  }),
})

interface BedrockFailure extends Error {
  $metadata?: { httpStatusCode?: number; requestId?: string }
}

/** With the service's own reason. A refusal is a validation error like any other; only its words tell. */
const translated = (error: unknown, prompt: string): StudioError => {
  if (error instanceof StudioError || !(error instanceof Error)) return translateAws(error, service)
  const { name, message, $metadata } = error as BedrockFailure
  const status = $metadata?.httpStatusCode
  const vendor: VendorReason = {
    service,
    status: status ?? null,
    code: vendorCode(name) ?? null,
    message: status === undefined ? null : maskedMessage(message, [prompt]),
    request_id: $metadata?.requestId ?? null,
  }
  const unserved = status !== undefined && status >= 400 && status < 500
  if (name === 'ValidationException' && saysRefused(message)) return refusedFilm(vendor, unserved)
  const failure = translateAws(error, service)
  // Without an answer the start is repeated by its own token: it may have begun the job.
  const { cause, retryable, unanswered } = failure
  return new StudioError(failure.code, failure.message, {
    ...{ cause, retryable, unserved, unanswered, vendor },
  })
}

/** Amazon Bedrock's asynchronous invocations: the clip is written to the session's own folder of the bucket. */
export const bedrockFilms = (
  { model }: VideoSettings,
  media: Pick<MediaStore, 'uri' | 'list' | 'get'>,
): FilmVendor => {
  let client: BedrockRuntimeClient | undefined

  const withClient = async <T>(
    { signal, prompt }: { signal: AbortSignal; prompt: string },
    work: (
      sdk: typeof import('@aws-sdk/client-bedrock-runtime'),
      client: BedrockRuntimeClient,
    ) => Promise<T>,
  ): Promise<T> => {
    try {
      // Large, and needed for films of this vendor alone.
      const sdk = await import('@aws-sdk/client-bedrock-runtime')
      client ??= new sdk.BedrockRuntimeClient({ maxAttempts: 1 })
      return await work(sdk, client)
    } catch (error) {
      throw signal.aborted ? signal.reason : translated(error, prompt)
    }
  }

  return {
    provider: 'bedrock',
    service,
    model,
    server: 'bedrock',
    snap: (wish) => snapFilm(model, wish),
    start: (order, { idempotencyKey, folder }, signal) =>
      withClient({ signal, prompt: order.prompt }, async (sdk, bedrock) => {
        const command = new sdk.StartAsyncInvokeCommand({
          modelId: model,
          modelInput: inputOf(order),
          clientRequestToken: idempotencyKey,
          outputDataConfig: { s3OutputDataConfig: { s3Uri: media.uri(folder) } },
        })
        const { invocationArn } = await bedrock.send(command, { abortSignal: signal })
        if (!invocationArn) throw brokenFilm('answered without the name of a job', { service })
        return invocationArn
      }),
    look: ({ name, prompt }, signal) =>
      withClient({ signal, prompt }, async (sdk, bedrock): Promise<FilmProgress> => {
        const command = new sdk.GetAsyncInvokeCommand({ invocationArn: name })
        const { status, failureMessage } = await bedrock.send(command, { abortSignal: signal })
        if (status === 'Completed') return { state: 'done' }
        if (status !== 'Failed') return { state: 'working', share: null }
        if (saysRefused(failureMessage)) {
          throw refusedFilm(saidOfJob(service, { message: failureMessage ?? null }, [prompt]))
        }
        throw brokenFilm('could not make the film', {
          service,
          message: failureMessage ?? null,
          private_: [prompt],
        })
      }),
    async fetch({ name, folder }, signal) {
      // The folder holds one more for each invocation, named by the end of its ARN.
      const own = `${folder}${name.split('/').at(-1)}/`
      for await (const entries of media.list(own)) {
        signal.throwIfAborted()
        const clip = entries.find(({ key }) => key.endsWith('.mp4'))
        if (clip === undefined) continue
        if (clip.bytes > maxClipBytes) {
          throw brokenFilm('stored a clip that is too large', { service })
        }
        return asClip(await media.get(clip.key), service)
      }
      throw brokenFilm('stored no clip', { service })
    },
  }
}
