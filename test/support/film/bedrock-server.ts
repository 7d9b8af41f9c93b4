import { once } from 'node:events'
import {
  createServer,
  type Http2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2'
import type { AddressInfo } from 'node:net'
import * as z from 'zod'
import { createPromptScripts } from './prompt-scripts.ts'

const Start = z.object({
  modelId: z.string(),
  clientRequestToken: z.string(),
  modelInput: z.looseObject({ prompt: z.string(), aspect_ratio: z.string(), duration: z.string() }),
  outputDataConfig: z.object({ s3OutputDataConfig: z.object({ s3Uri: z.string() }) }),
})
export type BedrockStart = z.infer<typeof Start>

interface BedrockRefusal {
  name: string
  message: string
  status: number
}
/** An answer to a look: how the job stands, or why it cannot be told. */
type BedrockLook = { status: string; failureMessage?: string } | BedrockRefusal

/** What becomes of one start. */
export interface BedrockScript {
  /** Answered instead of a job; `lost` begins the job and cuts the connection. */
  refusal?: BedrockRefusal | 'lost'
  /** The answers to looks, in order; the last one stays. */
  looks?: BedrockLook[]
  /** What is stored in the place of the usual clip. */
  clip?: Uint8Array
}

export interface BedrockServer {
  url: string
  /** What is answered to the looks at the next job, in order; the last one stays. */
  script(...looks: { status: string; failureMessage?: string }[]): void
  /** Refuses the next start. */
  refuse(name: string, message: string, status?: number): void
  /** What becomes of the next starts whose prompts contain `about`. */
  scriptFor(about: string, ...scripts: BedrockScript[]): void
  /** The prompts of all starts, also of those that were refused. */
  starts: string[]
  /** What was charged, by token. */
  charges: Map<string, BedrockStart>
  stop(): Promise<void>
}

const bodyOf = async (request: Http2ServerRequest): Promise<unknown> => {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  return JSON.parse(Buffer.concat(pieces).toString('utf8'))
}

const answer = (
  response: Http2ServerResponse,
  status: number,
  body: object,
  error?: string,
): void => {
  response
    .writeHead(status, {
      'content-type': 'application/json',
      ...(error && { 'x-amzn-errortype': error }),
    })
    .end(JSON.stringify(body))
}

const refuse = (response: Http2ServerResponse, { name, message, status }: BedrockRefusal): void =>
  answer(response, status, { message }, name)

const listen = async (server: Http2Server): Promise<Pick<BedrockServer, 'url' | 'stop'>> => {
  // The SDK speaks HTTP/2 with this service, and keeps its connections.
  const sessions = new Set<ServerHttp2Session>()
  server.on('session', (session) => {
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      for (const session of sessions) session.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

interface Job {
  looks: BedrockLook[]
  looked: number
  start: BedrockStart
  clip: Uint8Array | undefined
}

/**
 * Amazon Bedrock's asynchronous invocations: a token is charged once, and a clip that is done lies where the output
 * was asked for.
 * @param store writes the clip, by the name `s3://…` of its object; a script may name another clip than the usual one
 */
export const startBedrock = async (
  store: (uri: string, clip: Uint8Array | undefined) => Promise<void>,
): Promise<BedrockServer> => {
  const charges: BedrockServer['charges'] = new Map()
  const arns = new Map<string, string>()
  const jobs = new Map<string, Job>()
  const starts: string[] = []
  const scripted = createPromptScripts<BedrockScript>()
  let looks: BedrockLook[] = [{ status: 'Completed' }]

  const begin = async (
    request: Http2ServerRequest,
    response: Http2ServerResponse,
  ): Promise<void> => {
    const start = Start.parse(await bodyOf(request))
    const { prompt } = start.modelInput
    starts.push(prompt)
    const known = arns.get(start.clientRequestToken)
    if (known !== undefined) return answer(response, 200, { invocationArn: known })
    const { refusal, clip, looks: own = looks } = scripted.take(prompt) ?? {}
    if (refusal && refusal !== 'lost') return refuse(response, refusal)
    const arn = `arn:aws:bedrock:us-west-2:123456789012:async-invoke/job${jobs.size + 1}`
    charges.set(start.clientRequestToken, start)
    arns.set(start.clientRequestToken, arn)
    jobs.set(arn, { looks: own, looked: 0, start, clip })
    if (refusal === 'lost') request.stream.session?.destroy()
    else answer(response, 200, { invocationArn: arn })
  }

  const look = async (arn: string, response: Http2ServerResponse): Promise<void> => {
    const job = jobs.get(arn)
    if (!job) return answer(response, 404, { message: 'unknown' }, 'ResourceNotFoundException')
    const told = job.looks[Math.min(job.looked, job.looks.length - 1)]
    job.looked += 1
    if (told && 'name' in told) return refuse(response, told)
    const { s3Uri } = job.start.outputDataConfig.s3OutputDataConfig
    if (told?.status === 'Completed') {
      await store(`${s3Uri.replace(/\/$/, '')}/${arn.split('/').at(-1)}/output.mp4`, job.clip)
    }
    const { outputDataConfig } = job.start
    const facts = { invocationArn: arn, modelArn: 'arn:aws:bedrock', submitTime: new Date() }
    answer(response, 200, { ...facts, outputDataConfig, ...told })
  }

  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '')
    if (request.method === 'POST') void begin(request, response)
    else void look(path.replace('/async-invoke/', ''), response)
  })
  const listening = await listen(server)
  return {
    ...listening,
    charges,
    script(...next) {
      looks = next
    },
    refuse(name, message, status = 400) {
      scripted.add('', { refusal: { name, message, status } })
    },
    scriptFor(about, ...scripts) {
      for (const script of scripts) scripted.add(about, script)
    },
    starts,
  }
}
