import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { navigate, route } from '../app/navigation.ts'
import { Button } from '../design/button.tsx'
import { EmptyState, Notice, Skeleton } from '../design/surfaces.tsx'
import { log, lost } from '../session/current-session.ts'
import { packageWords } from '../wording/package.ts'

/** Loaded with the first package that is looked at. */
const Loaded = signal<ComponentType | null>(null)

const load = async (): Promise<void> => {
  const { PackageView } = await import('./package-view.tsx')
  Loaded.value = PackageView
}

export const PackageScreen = () => {
  const words = packageWords.value
  const { sessionId, runId } = route.value
  const isThere = sessionId !== null && (runId !== undefined || log.value.run_ids.length > 0)
  useEffect(() => {
    if (isThere && !Loaded.peek()) void load()
  }, [isThere])
  const View = Loaded.value
  if (lost.value) {
    return <Notice tone="bad" title={lost.value.message} reference={lost.value.code} />
  }
  if (isThere) return View ? <View /> : <Skeleton lines={12} label={words.loading} />
  if (sessionId !== null && log.value.seq === 0)
    return <Skeleton lines={12} label={words.loading} />
  return (
    <EmptyState
      icon="package"
      title={words.emptyTitle}
      actions={
        <Button onClick={() => navigate({ place: 'brief', sessionId })}>{words.toBrief}</Button>
      }
    >
      {words.empty}
    </EmptyState>
  )
}
