import { useEffect } from 'preact/hooks'
import { route } from '../app/navigation.ts'
import { routeAddress } from '../app/route.ts'
import { Button } from '../design/button.tsx'
import { Chip, type Tone } from '../design/card.tsx'
import { Notice, Skeleton } from '../design/surfaces.tsx'
import { log } from '../session/current-session.ts'
import { AuthorLine, isRehearsed } from '../trouble/author-line.tsx'
import { sentenceOf } from '../trouble/sentence.ts'
import { packageWords } from '../wording/package.ts'
import { Copies } from './copies.tsx'
import { Exports } from './exports.tsx'
import { Gallery } from './gallery.tsx'
import { Narration } from './narration.tsx'
import { followPackage, readAgain, runId, told, unread, view } from './open-package.ts'
import { Positionings } from './positionings.tsx'
import { Contents } from './section.tsx'
import { Signals } from './signals.tsx'
import { TaskDialog } from './task-dialog.tsx'
import { dateTime } from './time.ts'
import { Week } from './week.tsx'
import './package.css'
import './gallery.css'

/** Everything that a run came to, as far as it is there. */
export const PackageView = () => {
  const id = runId.value
  useEffect(() => (id === null ? undefined : followPackage(id)), [id])
  const words = packageWords.value
  if (!view.value && !unread.view.value) return <Skeleton lines={12} label={words.loading} />
  return (
    <div class="package">
      <Head />
      <State />
      <Contents />
      <Signals />
      <Positionings />
      <Week />
      <Copies />
      <Gallery />
      <Narration />
      <Exports />
      <TaskDialog />
    </div>
  )
}

const tones: Partial<Record<string, Tone>> = { DONE: 'good', FAILED: 'bad' }

const Head = () => {
  const words = packageWords.value
  const run = view.value
  if (!run) return null
  const state = told.value?.state ?? run.state
  const models = [...new Set(Object.values(run.provenance).map(({ model }) => model))].join(', ')
  return (
    <header class="package-head">
      <p class="package-eyebrow">
        {words.eyebrow} <Chip tone={tones[state] ?? 'accent'}>{words.state[state]}</Chip>
      </p>
      <h2 class="package-title">{run.brief_summary['product.name']}</h2>
      <p class="package-about">
        <span>
          {state === 'DONE' && run.completed_at
            ? words.writtenAt(dateTime(run.completed_at))
            : words.startedAt(dateTime(run.created_at))}
        </span>
        {models !== '' && <span>{words.writtenBy(models)}</span>}
      </p>
      {isRehearsed(run.provenance) ? (
        <AuthorLine provenance={run.provenance} isOver />
      ) : (
        <p class="package-ai">{words.aiLabel}</p>
      )}
      <Lineage />
    </header>
  )
}

/** How this package was made of another, and where the others are. */
const Lineage = () => {
  const words = packageWords.value
  const { sessionId } = route.value
  const { parent_run_id = null, revision = null } = view.value ?? {}
  const newest = log.value.run_ids.at(-1)
  const isOlder = newest !== undefined && newest !== runId.value
  if (!revision && !isOlder) return null
  const to = (run?: string): string => routeAddress({ place: 'package', sessionId, runId: run })
  return (
    <div class="lineage">
      {revision && <span>{words.revised[revision.from]}</span>}
      {revision?.note && <q>{revision.note}</q>}
      {parent_run_id && <a href={to(parent_run_id)}>{words.toParent}</a>}
      {isOlder && <span>{words.olderRun}</span>}
      {isOlder && <a href={to()}>{words.toNewest}</a>}
    </div>
  )
}

/** What stands in the way of the whole package, with a way on. */
const State = () => {
  const words = packageWords.value
  const problem = unread.view.value
  if (problem && !view.value) {
    const reference = [problem.code, problem.requestId].filter(Boolean).join(' · ')
    return (
      <Notice
        tone="bad"
        title={words.unread}
        reference={reference}
        actions={
          <Button size="small" onClick={readAgain}>
            {words.again}
          </Button>
        }
      >
        {sentenceOf(problem)}
      </Notice>
    )
  }
  const state = told.value?.state ?? view.value?.state
  if (state === 'DONE') return null
  if (state === 'CANCELLED')
    return <Notice tone="plain" title={words.cancelled} actions={<ToRun />} />
  const error = told.value?.problem ?? view.value?.error
  if (state === 'FAILED') {
    return (
      <Notice tone="bad" title={words.failed} reference={error?.code} actions={<ToRun />}>
        {error?.message}
      </Notice>
    )
  }
  return <Notice tone="plain" title={words.running} actions={<ToRun />} />
}

const ToRun = () => {
  const words = packageWords.value
  const { sessionId, runId: chosen } = route.value
  const isFailed = told.value?.state === 'FAILED'
  return (
    <a
      class="button"
      data-kind="secondary"
      data-size="small"
      href={routeAddress({ place: 'run', sessionId, runId: chosen })}
    >
      {isFailed ? words.toRun : words.toRunning}
    </a>
  )
}
