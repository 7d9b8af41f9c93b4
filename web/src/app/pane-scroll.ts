import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { type Place, type Route, routeAddress } from './route.ts'

/** Where the reader left each place of each session, in pixels, while the page is open. */
const left = new Map<string, number>()

/** The library is one for all sessions. */
const keyOf = ({ sessionId, runId }: Route, place: Place): string =>
  place === 'library' ? place : routeAddress({ place, sessionId, runId })

/**
 * One element scrolls for all places. A place that is opened starts at its top, and one that was left goes on
 * where it was left. @returns what the element takes
 */
export const usePaneScroll = (route: Route, place: Place) => {
  const pane = useRef<HTMLElement>(null)
  const key = keyOf(route, place)
  const shown = useRef(key)
  /** Where the place is to go as soon as it is high enough for that; null once it is there. */
  const wanted = useRef<number | null>(null)
  const settle = (): void => {
    const element = pane.current
    if (!element || wanted.current === null) return
    element.scrollTop = wanted.current
    if (element.scrollTop >= wanted.current - 1) wanted.current = null
  }
  const release = (): void => {
    wanted.current = null
  }
  useLayoutEffect(() => {
    // A session that begins with the first message changes nothing of what is read beside it.
    const isBegun = shown.current === keyOf({ ...route, sessionId: null }, place)
    const before = isBegun ? left.get(shown.current) : undefined
    if (isBegun && shown.current !== key) left.delete(shown.current)
    shown.current = key
    wanted.current = left.get(key) ?? before ?? 0
    settle()
    // On a phone the pane is hidden beside the conversation, and has lost its position when it is back.
  }, [key, route.place === 'talk'])
  useEffect(() => {
    const sheet = pane.current?.firstElementChild
    if (!sheet) return undefined
    const observer = new ResizeObserver(settle)
    observer.observe(sheet)
    return () => observer.disconnect()
  }, [])
  return {
    ref: pane,
    onScroll: ({ currentTarget }: { currentTarget: HTMLElement }): void => {
      if (wanted.current === null) left.set(shown.current, currentTarget.scrollTop)
    },
    onWheel: release,
    onTouchMove: release,
    onPointerDown: release,
    onKeyDown: release,
  }
}
