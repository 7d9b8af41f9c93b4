import { setTimeout as sleep } from 'node:timers/promises'
import type { StudioEvent } from '../../../shared/contracts/events.ts'
import { RunView } from '../../../shared/contracts/runs.ts'
import { limit } from '../limits/machine-speed.ts'
import { type Answer, type Client, createClient, readLog } from '../studio/client.ts'
import { type AssetStory, runAssets } from './asset-client.ts'
import { type Assembly, createAssembly, follow, type Way } from './follower.ts'
import type { Random } from './random.ts'

/** What became of one client's launch. */
export interface Story {
  label: string
  client: Client
  sessionId: string
  way: Way
  assembly: Assembly
  /** Connections dropped on purpose. */
  drops: number
  /** Every run of the session: also one whose acceptance never reached the client. */
  runs: RunStory[]
  /** The files that were asked for, of one run that came to DONE; undefined when none were. */
  assets: AssetStory | undefined
  /** Turns that were answered while the run went on, and with what. */
  talked: { turn: number; text: string }[]
  /** The last look at the log, and one a moment before it. */
  log: StudioEvent[]
  earlierLog: StudioEvent[]
  /** Messages as they are stored at the end. */
  messages: { author: string; text: string; turn: number; client_message_id?: string }[]
}

export interface RunStory {
  runId: string
  acceptedAt: number
  /** Undefined while it has not ended: it is stuck. */
  end: 'DONE' | 'FAILED' | 'CANCELLED' | undefined
  /** When it was asked to go on, for each time. */
  resumedAt: number[]
  /** What the first failure had left, and the last look. */
  atFailure: RunView | undefined
  view: RunView | undefined
}

export interface ClientOptions {
  origin: string
  label: string
  way: Way
  random: Random
  /** Milliseconds in which nothing may happen to a run before it counts as stuck. */
  boundMs: number
  cancelRate: number
  resumeRate: number
  /** Of each session whose run comes to DONE: that its files are asked for. */
  assetRate: number
}

/** Messages that are sent while the run goes on: its log has two writers then. */
const talks = 2
/** Milliseconds before each, at most. */
const talkPauseMs = 1_500

const isEnd = (state: string): state is 'DONE' | 'FAILED' | 'CANCELLED' =>
  state === 'DONE' || state === 'FAILED' || state === 'CANCELLED'

/** Asks until the answer is one of `statuses` or says `refusal`; undefined when time runs out. */
const insist = async (
  ask: () => Promise<Answer>,
  statuses: readonly number[],
  until: number,
  refusal?: string,
): Promise<Answer | undefined> => {
  while (Date.now() < until) {
    const answer = await ask().catch(() => undefined)
    if (answer && statuses.includes(answer.status)) return answer
    if (refusal !== undefined && answer?.body?.error?.code === refusal) return answer
    const seconds = Number(answer?.headers.get('retry-after') ?? 1)
    await sleep(Math.min(seconds, 3) * 1000)
  }
  return undefined
}

/** Tries again, for ten seconds at least, what fails while the engine is being hurt. */
export const retried = async <T>(work: () => Promise<T>): Promise<T> => {
  for (const until = Date.now() + limit(5_000); ; ) {
    try {
      return await work()
    } catch (error) {
      if (Date.now() > until) throw error
      await sleep(500)
    }
  }
}

/** Goes through one launch as a client with a bad connection does. */
export const runClient = async (options: ClientOptions): Promise<Story> => {
  const { origin, label, way, random, boundMs } = options
  const client = createClient(origin)
  const until = Date.now() + boundMs
  const started = await insist(() => client.post('/api/chat/session', {}), [201], until)
  if (!started) throw new Error(`No session could be started for ${label}.`)
  client.token = started.body.token
  const sessionId: string = started.body.session_id
  const path = `/api/chat/session/${sessionId}`
  const assembly = createAssembly()
  const story: Story = {
    label,
    client,
    sessionId,
    way,
    assembly,
    drops: 0,
    runs: [],
    assets: undefined,
    talked: [],
    log: [],
    earlierLog: [],
    messages: [],
  }
  let wanted = Number.POSITIVE_INFINITY
  const following = follow(way, {
    client,
    sessionId,
    assembly,
    random,
    done: () => assembly.last() >= wanted,
    dropped: () => {
      story.drops += 1
    },
  })
  const message = { message: `${label}: 전부 알려 드려요`, client_message_id: `${label}-message` }
  await insist(() => client.post(`${path}/message`, message), [200], until)
  await accept(story, until)
  const talking = talk(story, options)
  for (const run of story.runs) await seeThrough(client, run, options)
  await talking
  const done = story.runs.find(({ end }) => end === 'DONE')
  if (done && random.chance(options.assetRate)) {
    story.assets = await runAssets(client, done.runId, { boundMs, insist })
  }
  story.earlierLog = await retried(() => readLog(client, sessionId))
  wanted = story.earlierLog.length
  await Promise.race([following, sleep(limit(15_000), undefined, { ref: false })])
  wanted = 0
  story.messages = await retried(async () => {
    const { status, body } = await client.get(`${path}/messages`)
    if (status !== 200) throw new Error(`The messages were answered with ${status}.`)
    return body.messages
  })
  return story
}

/** Asks after the run while it goes on; a message whose answer was lost is sent again. */
const talk = async (
  { client, sessionId, label, talked }: Story,
  { random, boundMs }: ClientOptions,
): Promise<void> => {
  const until = Date.now() + boundMs
  for (let number = 1; number <= talks; number += 1) {
    await sleep(random.between(0, talkPauseMs))
    const message = {
      message: `${label}: 어디까지 됐나요?`,
      client_message_id: `${label}-${number}`,
    }
    const answer = await insist(
      () => client.post(`/api/chat/session/${sessionId}/message`, message),
      [200],
      until,
    )
    if (answer) talked.push({ turn: answer.body.turn, text: answer.body.assistant_message.text })
  }
}

/** Asks for a run. When the answer is lost, the list of runs shows whether it was accepted. */
const accept = async ({ client, sessionId, runs }: Story, until: number): Promise<void> => {
  while (runs.length === 0 && Date.now() < until) {
    const asked = Date.now()
    await client.post(`/api/runs/${sessionId}/generate`).catch(() => undefined)
    const list = await client.get('/api/runs').catch(() => undefined)
    for (const { run_id } of list?.status === 200 ? list.body.runs : []) {
      runs.push({
        runId: run_id,
        acceptedAt: asked,
        end: undefined,
        resumedAt: [],
        atFailure: undefined,
        view: undefined,
      })
    }
    if (runs.length === 0) await sleep(2_000)
  }
}

const seeThrough = async (
  client: Client,
  run: RunStory,
  { random, boundMs, cancelRate, resumeRate }: ClientOptions,
): Promise<void> => {
  let until = Date.now() + boundMs
  let updated = ''
  const path = `/api/runs/${run.runId}`
  const cancelAt = random.chance(cancelRate)
    ? Date.now() + random.between(0, 4_000)
    : Number.POSITIVE_INFINITY
  const mayResume = random.chance(resumeRate)
  while (Date.now() < until) {
    const answer = await client.get(path).catch(() => undefined)
    if (answer?.status === 200) {
      run.view = RunView.parse(answer.body)
      if (run.view.updated_at !== updated) until = Date.now() + boundMs
      updated = run.view.updated_at
      const { state } = run.view
      if (isEnd(state)) {
        if (state !== 'FAILED' || !mayResume || run.resumedAt.length > 0) {
          run.end = state
          return
        }
        run.atFailure = run.view
        run.resumedAt.push(Date.now())
        await insist(() => client.post(`${path}/resume`), [202], until, 'RUN_NOT_RESUMABLE')
      } else if (Date.now() > cancelAt) await client.post(`${path}/cancel`).catch(() => undefined)
    }
    await sleep(400)
  }
}
