import { signal } from '@preact/signals'
import type { SessionSummary } from '../../../shared/client/contract.ts'
import { StudioProblem } from '../../../shared/client/index.ts'
import { navigate, route } from '../app/navigation.ts'
import { toast } from '../design/status.tsx'
import { studio } from '../session/studio.ts'
import { libraryWords } from '../wording/library.ts'

export interface Shelf {
  /** What was searched for; empty for all. */
  query: string
  /** Null before the first page is there. */
  sessions: readonly SessionSummary[] | null
  cursor: string | null
  busy: boolean
  problem: StudioProblem | null
}

const emptyShelf: Shelf = { query: '', sessions: null, cursor: null, busy: false, problem: null }

export const shelf = signal<Shelf>(emptyShelf)

const pageSize = 20
let reading: AbortController | undefined

/** A browser that owns nothing has no library; it is not told that it has no token. */
const ownsNothing = ({ status }: StudioProblem): boolean => status === 401

const read = async (change: Partial<Shelf>, cursor?: string): Promise<void> => {
  reading?.abort()
  const mine = new AbortController()
  reading = mine
  const before = { ...shelf.peek(), ...change }
  shelf.value = { ...before, busy: true, problem: null }
  const q = before.query.trim()
  const query = { limit: pageSize, ...(q && { q }), ...(cursor !== undefined && { cursor }) }
  try {
    const page = await studio.sessions.list(query, { signal: mine.signal })
    if (mine.signal.aborted) return
    const known = cursor === undefined ? [] : (before.sessions ?? [])
    shelf.value = {
      ...before,
      sessions: [...known, ...page.sessions],
      cursor: page.next_cursor,
      busy: false,
      problem: null,
    }
  } catch (error) {
    if (mine.signal.aborted || !(error instanceof StudioProblem)) return
    shelf.value = ownsNothing(error)
      ? { ...before, sessions: [], cursor: null, busy: false, problem: null }
      : { ...before, busy: false, problem: error }
  }
}

/** Reads the newest conversations again, those of the search that is on. */
export const readShelf = (): Promise<void> => read({})

export const searchShelf = (query: string): Promise<void> => read({ query })

export const readMore = async (): Promise<void> => {
  const { cursor, busy } = shelf.peek()
  if (cursor !== null && !busy) await read({}, cursor)
}

export const leaveShelf = (): void => {
  reading?.abort()
  shelf.value = emptyShelf
}

/** Begins a conversation with the brief of a run. @throws StudioProblem */
export const reuseBrief = async (runId: string): Promise<void> => {
  const started = await studio.createSession({ from_run_id: runId })
  navigate({ place: 'brief', sessionId: started.id })
  toast(libraryWords.peek().reuseDone, 'good')
}

/** Erases a conversation with all that came of it. @throws StudioProblem */
export const deleteSession = async (id: string): Promise<void> => {
  await studio.session(id).delete()
  const { sessions } = shelf.peek()
  shelf.value = {
    ...shelf.peek(),
    sessions: sessions?.filter(({ session_id }) => session_id !== id) ?? null,
  }
  if (route.peek().sessionId === id) navigate({ place: 'library', sessionId: null })
  toast(libraryWords.peek().deleted, 'good')
}
