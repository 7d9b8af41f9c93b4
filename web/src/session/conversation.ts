import { effect, type Signal, untracked } from '@preact/signals'
import { navigate, route } from '../app/navigation.ts'

/** The session that the page's new conversation is being given at this moment. */
let given: string | undefined

/** Goes on in the session that the page's new conversation was given; everything on the page stays. */
export const goOnIn = (sessionId: string): void => {
  given = sessionId
  navigate({ place: route.peek().place, sessionId }, { replace: true })
  given = undefined
}

/** Calls back when the page turns to another conversation, by the ids of their sessions; null is a new one. */
export const whenTurned = (call: (from: string | null, to: string | null) => void): void => {
  let shown = route.peek().sessionId
  effect(() => {
    const from = shown
    const to = route.value.sessionId
    shown = to
    if (to !== from && to !== given) untracked(() => call(from, to))
  })
}

const shelves = new Set<Map<string | null, unknown>>()

/** Gives each conversation a value of its own, which is there again when the reader comes back to it. */
export const keepForEach = <Value>(value: Signal<Value>, empty: Value): void => {
  const kept = new Map<string | null, Value>()
  shelves.add(kept)
  whenTurned((from, to) => {
    kept.set(from, value.peek())
    value.value = kept.get(to) ?? empty
    kept.delete(to)
  })
}

/** Forgets what is kept for conversations that the page does not show. */
export const forgetKept = (): void => {
  for (const kept of shelves) kept.clear()
}
