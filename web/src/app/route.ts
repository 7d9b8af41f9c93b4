/**
 * Places of the console, in the fragment of the address: `#/sess_…/brief`. The fragment never reaches a
 * server, so no log there holds whose session it is, and one file serves every place.
 */
export const places = ['talk', 'brief', 'run', 'package', 'library'] as const
export type Place = (typeof places)[number]

export interface Route {
  place: Place
  /** Null before the first message, and in the library of all sessions. */
  sessionId: string | null
  /** A run of the session other than its newest. */
  runId?: string | undefined
}

const isPlace = (text: string): text is Place => (places as readonly string[]).includes(text)

/** What cannot be read is the beginning: a new conversation. */
export const parseRoute = (fragment: string): Route => {
  const [path = '', query = ''] = fragment.replace(/^#?\/?/, '').split('?')
  const [first = '', second = 'talk'] = path.split('/')
  if (/^sess_[0-9a-z]{26}$/.test(first)) {
    const runId = new URLSearchParams(query).get('run')
    const place = isPlace(second) ? second : 'talk'
    return { place, sessionId: first, ...(runId !== null && { runId }) }
  }
  return { place: isPlace(first) ? first : 'talk', sessionId: null }
}

export const routeAddress = ({ place, sessionId, runId }: Route): string => {
  const path = [sessionId, place === 'talk' && sessionId === null ? '' : place]
    .filter((part) => part !== null)
    .join('/')
  return `#/${path}${runId === undefined ? '' : `?run=${encodeURIComponent(runId)}`}`
}
