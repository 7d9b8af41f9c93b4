import { createHash } from 'node:crypto'
import { describe, expect, it, type TestContext } from 'vitest'
import type { AssetRequest, Run, Session, Studio, StudioEvent } from '../../shared/client/index.ts'
import { conversation } from '../rehearsal/conversation.ts'
import { rehearsedPicture } from '../rehearsal/script/picture.ts'
import { recordingOf, voices } from '../rehearsal/voices.ts'
import { unzipped } from '../support/export/export-zip.ts'
import { eventually } from '../support/limits/eventually.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { answers } from '../support/model-server/answers.ts'
import { plannerAnswer } from '../support/studio/studio.ts'
import type { Part } from './target.ts'
import { useTarget } from './targets.ts'

const target = useTarget()

/** Leaves a test out where the target cannot do it, and says why. */
const needs = (context: TestContext, part: Part): void => {
  const reason = target.without(part)
  if (reason !== undefined) context.skip(`not tried on ${target.name}: ${reason}`)
}

/** The slots that the scripted conversation fills, as the user's own word. */
const slots = Object.fromEntries(
  conversation.flatMap(({ slot_updates }) => slot_updates.map(({ path, value }) => [path, value])),
) as Parameters<Session['editBrief']>[0]

/** A session whose brief is complete, by hand: what a real model makes of a conversation is its own. */
const readySession = async (caller: Studio = target.caller()) => {
  const session = await caller.createSession()
  const { state } = await session.editBrief(slots)
  expect(state).toBe('BRIEF_READY')
  return { caller, session }
}

/** The log of a run until its end, as it is pushed to a socket. */
const runToEnd = async (session: Session, start: () => Promise<unknown>, after = 0) => {
  const stream = session.events({ after, until: 'run.completed', transports: ['socket'] })
  const seen: StudioEvent[] = []
  const reading = (async () => {
    for await (const event of stream) seen.push(event)
  })()
  await start()
  await reading
  return seen
}

/** The whole log, by pages of this many; the page after the last event is empty. */
const wholeLog = async (session: Session, limit = 100): Promise<StudioEvent[]> => {
  const log: StudioEvent[] = []
  for (;;) {
    const { events } = await session.log({ after: log.at(-1)?.seq ?? 0, limit })
    if (events.length === 0) return log
    log.push(...events)
  }
}

const isTurnsEnd = ({ type }: StudioEvent): boolean => type === 'turn.completed' || type === 'error'

/** Waits for a job's last event. */
const followJob = async (session: Session, jobId: string): Promise<void> => {
  const isOver = (event: StudioEvent): boolean =>
    event.type === 'job.updated' &&
    event.data.job_id === jobId &&
    ['completed', 'failed', 'cancelled'].includes(event.data.status)
  for await (const event of session.events({ until: isOver })) {
    if (isOver(event)) expect(event.data).toMatchObject({ status: 'completed' })
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const fetched = async (url: string): Promise<Uint8Array> => {
  const answer = await fetch(url)
  expect(answer.status).toBe(200)
  return new Uint8Array(await answer.arrayBuffer())
}

/** Has files of these kinds made, and reads every one of them by its link. */
const makeFiles = async (session: Session, run: Run, kinds: NonNullable<AssetRequest['kinds']>) => {
  const request: AssetRequest = { kinds, placements: ['instagram_feed_4x5'] }
  await followJob(session, (await run.assets.generate(request)).job_id)
  const { assets } = await run.assets.list()
  for (const { status, error } of assets) expect([status, error]).toEqual(['completed', null])
  expect(new Set(assets.map(({ asset_type }) => asset_type))).toEqual(new Set(kinds))
  const files = assets.flatMap((asset) => asset.files)
  for (const { url, sha256: digest } of files) expect(sha256(await fetched(url))).toBe(digest)
  return files
}

const timeout = limit(target.name === 'aws' ? 300_000 : 60_000)

describe(`a studio (${target.name})`, { timeout }, () => {
  it('shows its console and its documents under its one origin', async () => {
    const page = await fetch(target.origin())
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await page.text()).toContain('<script')
    const health = await fetch(`${target.origin()}/health`)
    expect([health.status, await health.json()]).toMatchObject([200, { status: 'ok' }])
    const openapi = await fetch(`${target.origin()}/openapi.json`)
    expect(await openapi.json()).toMatchObject({ openapi: expect.stringMatching(/^3\./) })
  })

  it('takes a turn, and the caller reads its reply as events', async () => {
    const session = await target.caller().createSession()
    expect(session.started).toMatchObject({ state: 'CHAT_COLLECTING', brief_slots: {} })
    const events: StudioEvent[] = []
    for await (const event of session.stream(conversation[0]?.user ?? '')) events.push(event)
    const reply = events.flatMap((event) => (event.type === 'planner.delta' ? event.data.text : []))
    const { messages } = await session.messages()
    expect(messages.map(({ author }) => author)).toEqual(['system', 'user', 'planner'])
    expect(messages.at(-1)?.text).toBe(reply.join(''))
    expect(events.at(-1)?.type).toBe('turn.completed')
  })

  it('fills the brief by talk alone', async (context) => {
    if (!target.model()) context.skip(`not tried on ${target.name}: a real model asks as it likes`)
    const session = await target.caller().createSession()
    for (const { user } of conversation.slice(0, -1)) await session.send(user)
    const view = await session.view()
    expect(view).toMatchObject({ state: 'BRIEF_READY', progress: 100 })
    expect(view.brief_slots['product.name']).toMatchObject({ value: '여섯시반 드립백' })
  })

  it('tells a reply while the model writes it', async (context) => {
    needs(context, 'streaming')
    const model = target.model()
    if (!model) return context.skip(`not tried on ${target.name}: a real model cannot be looked at`)
    const text = '천천히 적고 있어요. '.repeat(8)
    model.script('planner', { ...plannerAnswer([], text), pace: { first: 0, between: 60 } })
    const session = await target.caller().createSession()
    let open: number | undefined
    for await (const { type } of session.stream(conversation[0]?.user ?? '')) {
      if (type === 'planner.delta') open ??= model.open()
    }
    expect(open).toBe(1)
  })

  it('does what one key names once', async () => {
    const session = await target.caller().createSession()
    const key = crypto.randomUUID()
    const [first, second] = [
      await session.send(conversation[0]?.user ?? '', { key }),
      await session.send(conversation[0]?.user ?? '', { key }),
    ]
    expect(second).toEqual(first)
    const log = await wholeLog(session)
    expect(log.filter(({ type }) => type === 'turn.started')).toHaveLength(1)
  })

  it('is closed to others, and opens to a reader', async () => {
    const { session } = await readySession()
    const other = target.caller()
    await other.createSession()
    await expect(other.session(session.id).view()).rejects.toMatchObject({ status: 404 })
    await expect(target.caller().session(session.id).view()).rejects.toMatchObject({ status: 401 })
    const { principal } = await other.me()
    await session.readers.add(principal)
    await expect(other.session(session.id).view()).resolves.toMatchObject({ state: 'BRIEF_READY' })
    await expect(other.session(session.id).generate()).rejects.toMatchObject({ status: 403 })
  })

  it('judges a text', async () => {
    const { caller } = await readySession()
    const claim = { text: '바르는 순간 완치!', product_category: '화장품' }
    expect(await caller.checkCopy(claim)).toMatchObject({ verdict: 'blocked' })
  })

  it('makes a package, and pushes the log that is stored', async () => {
    const { session } = await readySession()
    const pushed = await runToEnd(session, () => session.generate())
    expect(pushed.at(-1)?.type).toBe('run.completed')
    const log = await wholeLog(session, 7)
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
    expect(pushed).toEqual(log.slice(0, pushed.length))
  })

  for (const transport of ['socket', 'sse', 'poll'] as const) {
    it(`gives the same log by ${transport}`, async (context) => {
      if (transport === 'sse') needs(context, 'streaming')
      const session = await target.caller().createSession()
      await session.send(conversation[0]?.user ?? '')
      const read: StudioEvent[] = []
      const events = { after: 1, until: isTurnsEnd, transports: [transport] } as const
      for await (const event of session.events(events)) read.push(event)
      const log = await wholeLog(session)
      expect(read).toEqual(log.slice(1))
    })
  }

  it('takes a failed run up again where it failed', async (context) => {
    needs(context, 'fail-and-resume')
    const { caller, session } = await readySession()
    target.model()?.script('strategy', answers.refusal())
    const failed = await runToEnd(session, () => session.generate())
    expect(failed.at(-1)).toMatchObject({ type: 'error', data: { code: 'MODEL_REFUSED' } })
    const run = caller.run(failed.at(-1)?.run_id ?? '')
    expect(await run.view()).toMatchObject({ state: 'FAILED', resume_from: 'strategy' })
    const resumed = await runToEnd(session, () => run.resume(), failed.length)
    expect(resumed.at(-1)?.type).toBe('run.completed')
    expect(await run.view()).toMatchObject({ state: 'DONE', resume_from: null })
  })

  it('makes files of a package, packs them, and erases all of it', async () => {
    const { caller, session } = await readySession()
    const picture = new Blob([await rehearsedPicture()], { type: 'image/png' })
    expect(await session.addPicture(picture, { upload: true })).toMatchObject({ turn: 1 })
    const ran = await runToEnd(session, () => session.generate())
    const run = caller.run(ran.at(-1)?.run_id ?? '')
    expect(await run.view()).toMatchObject({ state: 'DONE', error: null })

    const files = await makeFiles(session, run, ['poster'])

    const accepted = await run.export()
    await followJob(session, accepted.job_id)
    const packed = await run.exports.get(accepted.export_id)
    const zip = unzipped(Buffer.from(await fetched(packed.file?.url ?? '')))
    expect(JSON.parse(`${zip.get('package.json')}`)).toMatchObject({ run_id: run.id })
    const stored = await session.export()
    expect(await stored.json()).toMatchObject({ session: { session_id: session.id } })

    await session.delete()
    await expect(session.view()).rejects.toMatchObject({ status: 404 })
    await expect(run.view()).rejects.toMatchObject({ status: 404 })
    await eventually(async () => {
      for (const { url } of files) expect((await fetch(url)).status).toBe(404)
    })
  })

  it('has the script of a package spoken', async (context) => {
    needs(context, 'narration')
    const { caller, session } = await readySession()
    const ran = await runToEnd(session, () => session.generate())
    await makeFiles(session, caller.run(ran.at(-1)?.run_id ?? ''), ['narration', 'subtitles'])
  })

  it('takes a spoken turn', async () => {
    const recording = new Uint8Array(await recordingOf(voices.line))
    const session = await target.caller().createSession()
    await session.speak(new Blob([recording], { type: 'audio/webm' }))
    for await (const event of session.events({ until: isTurnsEnd })) {
      if (isTurnsEnd(event)) expect(event.type).toBe('turn.completed')
    }
    const { messages } = await session.messages()
    expect(messages.map(({ author }) => author)).toEqual(['system', 'user', 'planner'])
    if (target.model()) expect(messages[1]?.text).toBe(voices.line.text)
  })

  it('leaves a package with its files behind, for what destroys the stack', async () => {
    const { caller, session } = await readySession()
    const ran = await runToEnd(session, () => session.generate())
    const run = caller.run(ran.at(-1)?.run_id ?? '')
    await followJob(session, (await run.export()).job_id)
    expect(await run.exports.list()).toMatchObject({ exports: [{ status: 'completed' }] })
  })
})
