import { useSignal } from '@preact/signals'
import type { RunExportView } from '../../../shared/client/contract.ts'
import type { StudioProblem } from '../../../shared/client/index.ts'
import { fileSize } from '../../../shared/rules/file-size.ts'
import { Button } from '../design/button.tsx'
import { Icon } from '../design/icons.tsx'
import { Progress } from '../design/progress.tsx'
import { announce, toast } from '../design/status.tsx'
import { Notice } from '../design/surfaces.tsx'
import { log } from '../session/current-session.ts'
import { studio } from '../session/studio.ts'
import { sentenceOf } from '../trouble/sentence.ts'
import { assetWords } from '../wording/assets.ts'
import { packageWords } from '../wording/package.ts'
import { timeLeft } from './asset-state.tsx'
import { isFresh } from './gallery-order.ts'
import { exports, isDone, readExports, runId } from './open-package.ts'
import { openTask } from './open-task.ts'
import { Section } from './section.tsx'
import { tellEndOf } from './started-jobs.ts'
import { dateOnly, dateTime } from './time.ts'
import { startDate } from './week.tsx'

export const Exports = () => {
  const words = packageWords.value
  const busy = useSignal(false)
  const problem = useSignal<StudioProblem | null>(null)
  const start = async (): Promise<void> => {
    const id = runId.peek()
    if (id === null) return
    busy.value = true
    problem.value = null
    const start_date = startDate.peek()
    try {
      const wish = start_date === undefined ? {} : { start_date }
      const { job_id } = await studio.run(id).export(wish)
      tellEndOf(job_id)
      announce(words.exporting)
      readExports()
    } catch (error) {
      problem.value = error as StudioProblem
    } finally {
      busy.value = false
    }
  }
  return (
    <Section name="export" standing="whole">
      <p class="export-about">{words.exportAbout}</p>
      {isDone.value ? (
        <div class="actions">
          <Button kind="primary" icon="download" busy={busy.value} onClick={() => void start()}>
            {words.exportNow}
          </Button>
        </div>
      ) : (
        <p class="section-note">{words.exportNotYet}</p>
      )}
      {problem.value && (
        <Notice tone="bad" title={words.exportFailed} reference={problem.value.code}>
          {sentenceOf(problem.value)}
        </Notice>
      )}
      {exports.value.length > 0 && (
        <div class="exports">
          <h3>{words.exportsTitle}</h3>
          <ul>
            {exports.value.map((each) => (
              <Export key={each.export_id} view={each} />
            ))}
          </ul>
        </div>
      )}
    </Section>
  )
}

/** The newest job of this run's exports that is not over. */
const openJob = () =>
  log.value.job_ids
    .flatMap((id) => log.value.jobs[id] ?? [])
    .findLast(
      ({ type, run_id, status }) =>
        type === 'export' &&
        run_id === runId.value &&
        (status === 'queued' || status === 'running'),
    )

const Export = ({ view }: { view: RunExportView }) => {
  const words = packageWords.value
  const { status } = view
  return (
    <li class="export">
      <div class="export-head">
        <p>
          <b>{dateTime(view.created_at)}</b>
          <span>{words.startsOn(dateOnly(view.start_date))}</span>
        </p>
        <div class="actions">
          {view.file && <ExportLink view={view} file={view.file} />}
          <Delete view={view} />
        </div>
      </div>
      {(status === 'queued' || status === 'running') && <Packing />}
      {status === 'cancelled' && <p class="section-note">{words.exportCancelled}</p>}
      {view.error && (
        <Notice tone="bad" title={words.exportFailed} reference={view.error.code}>
          {view.error.message}
        </Notice>
      )}
      {status === 'completed' && <Holds view={view} />}
    </li>
  )
}

const Delete = ({ view }: { view: RunExportView }) => {
  const words = assetWords.value
  const isPacking = view.status === 'queued' || view.status === 'running'
  return (
    <Button
      kind="quiet"
      size="small"
      aria-label={
        isPacking ? undefined : packageWords.value.deleteExport(dateTime(view.created_at))
      }
      onClick={() => openTask({ kind: 'delete-export', view })}
    >
      {isPacking ? words.stop : words.remove}
    </Button>
  )
}

const Packing = () => {
  const job = openJob()
  return (
    <Progress
      label={packageWords.value.exporting}
      value={job && job.progress > 0 ? job.progress / 100 : null}
      text={timeLeft(job?.eta_seconds)}
    />
  )
}

/** What is in it, and what is not. */
const Holds = ({ view }: { view: RunExportView }) => {
  const words = packageWords.value
  const names = assetWords.value
  return (
    <div class="export-holds">
      <p>{words.holds(view.asset_ids.length)}</p>
      {view.unfinished.length > 0 && (
        <p class="export-lacks">
          <Icon name="warning" />
          {words.unfinished(view.unfinished.length)}:{' '}
          {view.unfinished
            .map(({ asset_type, placement }) =>
              [names.type[asset_type], placement && names.placement[placement]]
                .filter(Boolean)
                .join(' '),
            )
            .join(', ')}
        </p>
      )}
      {view.missing.length > 0 && (
        <details class="export-lacks">
          <summary>{words.missingFiles(view.missing.length)}</summary>
          <ul>
            {view.missing.map((path) => (
              <li key={path}>{path}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

interface ExportLinkProps {
  view: RunExportView
  file: NonNullable<RunExportView['file']>
}

const ExportLink = ({ view, file }: ExportLinkProps) => {
  const words = packageWords.value
  const renew = async (): Promise<void> => {
    try {
      const fresh = await studio.run(view.run_id).exports.get(view.export_id)
      if (fresh.file) location.assign(fresh.file.url)
    } catch (error) {
      toast(sentenceOf(error as StudioProblem), 'bad')
    }
  }
  return (
    <a
      class="file-link"
      href={file.url}
      download={file.name}
      onClick={(event) => {
        if (isFresh(file.expires_at, Date.now())) return
        event.preventDefault()
        void renew()
      }}
    >
      <Icon name="download" />
      <span>{words.download}</span>
      <span class="file-size">ZIP {fileSize(file.bytes)}</span>
    </a>
  )
}
