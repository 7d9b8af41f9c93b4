import { batch, computed, effect, signal } from '@preact/signals'
import type { AssetView, RunExportView, RunView } from '../../../shared/client/contract.ts'
import type { StudioProblem } from '../../../shared/client/index.ts'
import { route } from '../app/navigation.ts'
import { log } from '../session/current-session.ts'
import { studio } from '../session/studio.ts'
import { assemble } from './assemble.ts'
import { createReader } from './reader.ts'

/** The run of the address, or else the session's newest. */
export const runId = computed(() => route.value.runId ?? log.value.run_ids.at(-1) ?? null)

/** The run as its log tells it. */
export const told = computed(() => log.value.runs[runId.value ?? ''])

export const view = signal<RunView | null>(null)
export const assets = signal<readonly AssetView[]>([])
export const exports = signal<readonly RunExportView[]>([])
/** Whether the list of assets has been read at all. */
export const assetsRead = signal(false)

/** Why something of the package could not be read. */
export const unread = {
  view: signal<StudioProblem | null>(null),
  assets: signal<StudioProblem | null>(null),
}

export const parts = computed(() => assemble(view.value, told.value))
export const isDone = computed(() => (told.value?.state ?? view.value?.state) === 'DONE')

const jobsOf = (type: string) =>
  log.value.job_ids
    .flatMap((id) => log.value.jobs[id] ?? [])
    .filter((job) => job.run_id === runId.value && job.type === type)

/** Changes whenever a stage begins or ends. */
const stageMark = computed(() => {
  const run = told.value
  return run
    ? [run.state, run.attempt, ...Object.values(run.stages).map((s) => s.status)].join()
    : ''
})

/** Changes whenever an asset is finished or a job of assets comes further. */
const assetMark = computed(() => {
  const ready = log.value.asset_ids.map((id) => log.value.assets[id]?.seq)
  return [ready, jobsOf('assets').map(({ status, progress }) => `${status}${progress}`)].join()
})

const exportMark = computed(() =>
  jobsOf('export')
    .map(({ job_id, status }) => `${job_id}${status}`)
    .join(),
)

let held: string | null = null

const forget = (id: string): void => {
  held = id
  batch(() => {
    view.value = null
    assets.value = []
    exports.value = []
    assetsRead.value = false
    unread.view.value = null
    unread.assets.value = null
  })
}

const readersOf = (id: string) => {
  const run = studio.run(id)
  return {
    view: createReader((signal) => run.view({ signal }), {
      take: (next) => {
        view.value = next
      },
      problem: unread.view,
    }),
    assets: createReader((signal) => run.assets.list({ signal }), {
      take: (next) => {
        batch(() => {
          assets.value = next.assets
          assetsRead.value = true
        })
      },
      problem: unread.assets,
    }),
    exports: createReader((signal) => run.exports.list({ signal }), {
      take: (next) => {
        exports.value = next.exports
      },
    }),
  }
}

let readers: ReturnType<typeof readersOf> | undefined

/** Reads what the run has, again whenever its log says that there is more. */
export const followPackage = (id: string): (() => void) => {
  if (held !== id) forget(id)
  const own = readersOf(id)
  readers = own
  const stops = [
    effect(() => own.view.read(stageMark.value)),
    effect(() => own.assets.read(assetMark.value)),
    effect(() => own.exports.read(exportMark.value)),
  ]
  return () => {
    for (const stop of stops) stop()
    for (const reader of Object.values(own)) reader.close()
    if (readers === own) readers = undefined
  }
}

export const readAgain = (): void => {
  for (const reader of Object.values(readers ?? {})) reader.read()
}

export const readAssets = (): void => readers?.assets.read()
export const readExports = (): void => readers?.exports.read()

/** One asset with links that are new; the page then has them too. */
export const renewAsset = async (asset: AssetView): Promise<AssetView> => {
  const fresh = await studio.run(asset.run_id).assets.get(asset.asset_id)
  assets.value = assets.peek().map((each) => (each.asset_id === fresh.asset_id ? fresh : each))
  return fresh
}

/** The language of the package, which need not be the page's. */
export const spokenLanguage = (): string => (log.value.locale ?? 'ko-KR').slice(0, 2)

/** How far the job of an asset or export is, as the log last told it. */
export const jobOf = (jobId: string) => log.value.jobs[jobId]
