import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { SessionSummary } from '../../../shared/client/contract.ts'
import { navigate, route } from '../app/navigation.ts'
import { Button } from '../design/button.tsx'
import { Icon } from '../design/icons.tsx'
import { EmptyState, Skeleton } from '../design/surfaces.tsx'
import { ProblemNotice } from '../trouble/problem-notice.tsx'
import { libraryWords } from '../wording/library.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import { Device } from './device.tsx'
import { SessionRow } from './session-row.tsx'
import { leaveShelf, readMore, readShelf, reuseBrief, searchShelf, shelf } from './sessions.ts'
import './library.css'

export const LibraryScreen = () => {
  const words = libraryWords.value
  useEffect(() => {
    void readShelf()
    return leaveShelf
  }, [])
  return (
    <section class="library" aria-labelledby="library-title">
      <h2 id="library-title">{words.title}</h2>
      <Search />
      <Shelf />
      <Device sessionId={route.value.sessionId} />
    </section>
  )
}

/** Milliseconds after the last letter until it is searched for. */
const settledMs = 250

const Search = () => {
  const words = libraryWords.value
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <search class="library-search">
      <Icon name="search" />
      <input
        type="search"
        class="input"
        aria-label={words.search}
        placeholder={words.search}
        autocomplete="off"
        maxLength={100}
        onInput={({ currentTarget: { value } }) => {
          clearTimeout(timer.current)
          timer.current = setTimeout(() => void searchShelf(value), settledMs)
        }}
      />
    </search>
  )
}

const Shelf = () => {
  const words = libraryWords.value
  const asked = useSignal<SessionSummary | null>(null)
  const { sessions, cursor, busy, problem, query } = shelf.value
  return (
    <div class="shelf" aria-busy={busy}>
      {sessions === null && !problem && <Skeleton lines={6} label={words.loading} />}
      {sessions?.length === 0 && <Nothing query={query.trim()} />}
      {sessions !== null && sessions.length > 0 && (
        <ul class="sessions">
          {sessions.map((each) => (
            <SessionRow
              key={each.session_id}
              session={each}
              isOpen={route.value.sessionId === each.session_id}
              onReuse={reuseBrief}
              onDelete={() => {
                asked.value = each
              }}
            />
          ))}
        </ul>
      )}
      {problem && (
        <ProblemNotice
          problem={problem}
          busy={busy}
          onAgain={() => void (sessions === null ? readShelf() : readMore())}
        />
      )}
      {cursor !== null && !problem && (
        <Button busy={busy} onClick={() => void readMore()}>
          {words.more}
        </Button>
      )}
      <DeleteDialog
        session={asked.value}
        onClose={() => {
          asked.value = null
        }}
      />
    </div>
  )
}

const Nothing = ({ query }: { query: string }) => {
  const words = libraryWords.value
  if (query !== '') return <p class="library-none">{words.none(query)}</p>
  return (
    <EmptyState
      icon="library"
      title={words.emptyTitle}
      actions={
        <Button kind="primary" onClick={() => navigate({ place: 'talk', sessionId: null })}>
          {words.begin}
        </Button>
      }
    >
      {words.empty}
    </EmptyState>
  )
}
