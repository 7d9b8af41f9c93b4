import type { MediaEntry, MediaStore } from '../../clients/media-store.ts'
import type {
  ExportedAsset,
  ExportedEarlySearch,
  ExportedMedia,
  ExportedRun,
  ExportedStage,
} from '../../contracts/export.ts'
import { type Clock, isoTime } from '../../platform/clock.ts'
import type { ChatMessageRepository } from '../../repositories/chat-message-repository.ts'
import { elementsOfParts } from '../../repositories/creative-part-attributes.ts'
import type { EarlySearchRepository } from '../../repositories/early-search-repository.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import type { JobRepository } from '../../repositories/job-repository.ts'
import type { MediaAssetRepository } from '../../repositories/media-asset-repository.ts'
import { mediaOf } from '../../repositories/media-keys.ts'
import type { Asset } from '../../repositories/media-work.ts'
import type { RunOutputRepository } from '../../repositories/run-output-repository.ts'
import type { SearchRepository } from '../../repositories/search-repository.ts'
import type { Session } from '../../repositories/session.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type { Stage } from '../../repositories/stage-repository.ts'
import { ownedSession } from '../../rules/ownership.ts'
import {
  assetFolder,
  mediaPrefixes,
  pictureFolder,
  purchaseFolder,
} from '../../rules/storage-layout.ts'
import { earlyUsageOf, statusOf } from '../early-research/early-research-usage.ts'

export interface ExportDependencies {
  clock: Clock
  sessions: Pick<SessionRepository, 'get'>
  messages: Pick<ChatMessageRepository, 'listAll'>
  events: Pick<EventRepository, 'read'>
  runs: Pick<RunOutputRepository, 'listAll' | 'get'>
  searches: Pick<SearchRepository, 'read'>
  earlySearches: Pick<EarlySearchRepository, 'lookUp'>
  jobs: Pick<JobRepository, 'list'>
  assets: Pick<MediaAssetRepository, 'list'>
  /** Loaded when something is exported. */
  media: () => Promise<Pick<MediaStore, 'list' | 'link'>>
}

/** Seconds for which a link of an export is good: enough to fetch a session's recordings one by one. */
const linkSeconds = 3_600
/** Events of one page. */
const pageEvents = 250

/** A field of the document whose items come page by page; each page is one chunk. */
async function* listField(name: string, pages: AsyncIterable<unknown[]>): AsyncGenerator<string> {
  yield `,${JSON.stringify(name)}:[`
  let first = true
  for await (const page of pages) {
    if (page.length === 0) continue
    const items = page.map((item) => JSON.stringify(item)).join(',')
    yield first ? items : `,${items}`
    first = false
  }
  yield ']'
}

const exportedSession = ({
  session_id,
  state,
  locale,
  mode,
  turn,
  slots,
  run_id,
  created_at,
  updated_at,
}: Session) => ({
  session_id,
  state,
  locale,
  mode,
  turn,
  brief_slots: slots,
  run_id: run_id ?? null,
  created_at,
  updated_at,
})

async function* eventsOf(
  { events }: ExportDependencies,
  sessionId: string,
): AsyncGenerator<unknown[]> {
  for (let after = 0; ; ) {
    const page = await events.read(sessionId, after, pageEvents)
    yield page.events
    if (page.complete) return
    after = page.events.at(-1)?.seq ?? after
  }
}

const exportedStage = (stage: Stage): ExportedStage => ({
  stage: stage.stage,
  status: stage.status,
  attempt: stage.attempt,
  output: stage.output ?? null,
  provenance: stage.provenance ?? null,
  partial: stage.output ? [] : [...elementsOfParts(stage.parts ?? {}), ...(stage.partial ?? [])],
  dropped_evidence: stage.dropped_evidence ?? 0,
})

/** An asset without what only workers need; its files are among the media. */
const exportedAsset = (asset: Asset): ExportedAsset => {
  const { asset_id, asset_type, status, placement, poster_spec_id, note, replaces } = asset
  const files = (asset.files ?? []).map(({ key: _, ...file }) => file)
  return {
    ...{ asset_id, asset_type, status, placement, poster_spec_id, note, replaces, files },
    provenance: asset.provenance ?? null,
    cost: asset.cost ?? null,
    error: asset.error ?? null,
    created_at: asset.created_at,
  }
}

/** One run at a time: its outputs may be more than a megabyte. */
async function* runsOf(
  { runs, searches, assets }: ExportDependencies,
  { session_id, owner }: Session,
): AsyncGenerator<ExportedRun[]> {
  const all = (await runs.listAll(owner)).filter((run) => run.session_id === session_id)
  for (const { run_id } of all.reverse()) {
    const [found, findings, assetsOfRun] = await Promise.all([
      runs.get(run_id),
      searches.read(run_id),
      assets.list(run_id),
    ])
    if (!found) continue
    const { run, stages, usage } = found
    const { state, stage, attempt, locale, mode, brief, created_at, updated_at } = run
    const at = { created_at, updated_at, completed_at: run.completed_at ?? null }
    yield [
      {
        ...{ run_id, state, stage, attempt, locale, mode, brief, ...at },
        launch: run.launch ?? null,
        error: run.error ?? null,
        stages: Object.values(stages).map(exportedStage),
        usage,
        assets: assetsOfRun.map(exportedAsset),
        findings: findings ?? null,
      },
    ]
  }
}

async function* earlySearchesOf(
  { clock, earlySearches }: ExportDependencies,
  { session_id }: Session,
): AsyncGenerator<ExportedEarlySearch[]> {
  for (const { search, findings, shaped } of await earlySearches.lookUp(session_id)) {
    const { begun_at, taken_by } = search
    yield [
      {
        ...{ status: statusOf(search, clock.now()), begun_at, run_id: taken_by ?? null },
        usage: earlyUsageOf([search]),
        findings: findings ?? null,
        output: shaped?.output ?? null,
        provenance: shaped?.provenance ?? null,
      },
    ]
  }
}

async function* jobsOf({ jobs }: ExportDependencies, { session_id, owner }: Session) {
  const ours = (await jobs.list(owner)).filter((job) => job.session_id === session_id)
  yield ours.map(({ job_id, type, run_id, created_at }) => ({ job_id, type, run_id, created_at }))
}

const kindOf = (key: string): ExportedMedia['kind'] => {
  const [, , folder] = key.split('/')
  if (`${folder}/` === assetFolder) return 'asset'
  if (`${folder}/` === purchaseFolder) return 'purchase'
  if (key.startsWith(mediaPrefixes.uploads)) return 'recording'
  if (key.startsWith(mediaPrefixes.transcripts)) return 'transcript'
  return key.includes(`/${pictureFolder}`) ? 'picture' : 'speech'
}

/** A file to keep: no browser shows or runs it. */
const fileType = 'application/octet-stream'

async function* mediaEntries(
  { clock, media }: ExportDependencies,
  sessionId: string,
): AsyncGenerator<ExportedMedia[]> {
  const store = await media()
  const exported = async ({ key, bytes, storedAt }: MediaEntry): Promise<ExportedMedia> => ({
    kind: kindOf(key),
    name: key.slice(key.lastIndexOf('/') + 1),
    bytes,
    stored_at: isoTime(storedAt),
    url: await store.link(key, linkSeconds, fileType),
    expires_at: isoTime(clock.now() + linkSeconds * 1000),
  })
  for (const prefix of mediaOf(sessionId)) {
    for await (const entries of store.list(prefix)) yield await Promise.all(entries.map(exported))
  }
}

async function* write(dependencies: ExportDependencies, session: Session): AsyncGenerator<string> {
  const { clock, messages } = dependencies
  const { session_id } = session
  const head = { schema_version: 'v1', exported_at: isoTime(clock.now()) }
  yield JSON.stringify({ ...head, session: exportedSession(session) }).slice(0, -1)
  yield* listField('messages', messages.listAll(session_id))
  yield* listField('events', eventsOf(dependencies, session_id))
  yield* listField('runs', runsOf(dependencies, session))
  yield* listField('early_searches', earlySearchesOf(dependencies, session))
  yield* listField('jobs', jobsOf(dependencies, session))
  yield* listField('media', mediaEntries(dependencies, session_id))
  yield '}'
}

export const createExportService = (dependencies: ExportDependencies) => ({
  /**
   * Everything that is stored of a session, as the text of one `SessionExport`, piece by piece, so that
   * neither a function's memory nor its payload bounds it. Reads a page at a time, as fast as it is read.
   * @throws StudioError SESSION_NOT_FOUND, also for a reader that does not own the session
   */
  async session(sessionId: string, principal: string): Promise<AsyncIterable<string>> {
    const session = ownedSession(await dependencies.sessions.get(sessionId), principal)
    return write(dependencies, session)
  },
})
