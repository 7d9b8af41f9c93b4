import { navigate, route } from '../app/navigation.ts'
import { Button } from '../design/button.tsx'
import { EmptyState, Skeleton } from '../design/surfaces.tsx'
import { log, lost } from '../session/current-session.ts'
import { packageWords } from '../wording/package.ts'
import { PackageView } from './package-view.tsx'

export const PackageScreen = () => {
  const words = packageWords.value
  const { sessionId, runId } = route.value
  if (sessionId !== null && (runId !== undefined || log.value.run_ids.length > 0)) {
    return <PackageView />
  }
  // What keeps a session from being read is said above every screen.
  const isRead = sessionId === null || log.value.seq > 0 || lost.value !== null
  if (!isRead) return <Skeleton lines={12} label={words.loading} />
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
