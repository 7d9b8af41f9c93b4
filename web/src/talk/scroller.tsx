import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from '../design/icons.tsx'
import {
  keyLeap,
  keyTowards,
  movedTowards,
  type ScrollInput,
  type Stand,
  scrollAtStart,
  scrollStep,
  windowOf,
} from '../session/scroll.ts'
import { talkWords } from '../wording/talk.ts'

export interface ScrollerProps {
  label: string
  /** A key for each row; a row with the same key keeps its height. */
  rows: readonly string[]
  row: (index: number) => ComponentChildren
  /** Changes whenever the end has grown. */
  grown: unknown
  /** Before the rows. */
  opening?: ComponentChildren
  /** Behind the rows. */
  ending?: ComponentChildren
  /** At the end, and over the rows while the end is out of view. */
  notice?: ComponentChildren
}

const estimatedRow = 160
const margin = 1200

/** The conversation's view. Nothing else in the page sets its scroll position. */
export const Scroller = ({ label, rows, row, grown, opening, ending, notice }: ScrollerProps) => {
  const view = useRef<HTMLDivElement>(null)
  const heights = useRef(new Map<string, number>())
  const place = useSignal({ top: 0, height: 0 })
  const stood = useRef<Stand>({ top: 0, height: 0, whole: 0 })
  const state = useSignal(scrollAtStart)
  const take = (input: ScrollInput): void => {
    const next = scrollStep(state.peek(), input)
    if (next !== state.peek()) state.value = next
  }
  const toEnd = (): void => {
    const element = view.current
    if (element) element.scrollTop = element.scrollHeight
  }
  const scrolled = ({ scrollTop, scrollHeight, clientHeight }: HTMLElement): void => {
    const now: Stand = { top: scrollTop, height: clientHeight, whole: scrollHeight }
    const [towards, toEnd] = [
      movedTowards(stood.current, now),
      scrollHeight - scrollTop - clientHeight,
    ]
    stood.current = now
    place.value = { top: scrollTop, height: clientHeight }
    if (towards !== 0) take({ type: 'moved', towards, toEnd })
    take({ type: 'scroll', toEnd })
  }
  /** The browser's own way there is measured in rows that are guessed, and ends short of it. */
  const leap = (event: KeyboardEvent): void => {
    const to = keyLeap(event)
    if (to === undefined || !view.current) return
    event.preventDefault()
    if (to === 'start') view.current.scrollTop = 0
    else goToEnd()
  }
  const goToEnd = (): void => {
    take({ type: 'end' })
    toEnd()
  }
  const measured = rows.map((key) => heights.current.get(key) ?? estimatedRow)
  const shown = windowOf(measured, followed(measured, place.value, state.value.follows), margin)
  useMeasured(view, heights, place, () => state.peek().follows && toEnd())
  useLayoutEffect(() => {
    take({ type: 'grown' })
    if (state.peek().follows) toEnd()
  }, [grown, rows.length])
  return (
    <div class="talk-view">
      {/* biome-ignore lint/a11y/useSemanticElements: a region that scrolls, named and reached by key. */}
      <div
        ref={view}
        class="talk-scroller"
        role="region"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a view that scrolls is reached by key.
        tabIndex={0}
        onScroll={({ currentTarget }) => scrolled(currentTarget)}
        onWheel={({ deltaY }) => take({ type: 'intent', towards: deltaY })}
        onKeyDown={(event) => {
          take({ type: 'intent', towards: keyTowards(event) })
          leap(event)
        }}
        {...touches(take)}
      >
        <div class="talk-sheet">
          {opening}
          <div style={{ blockSize: `${shown.before}px` }} />
          {rows.slice(shown.first, shown.end).map((key, index) => (
            <div key={key} data-row={key} class="talk-row">
              {row(shown.first + index)}
            </div>
          ))}
          <div style={{ blockSize: `${shown.after}px` }} />
          {ending}
          <div class="talk-notice" data-notice>
            {state.value.news && (
              <button type="button" class="talk-news" onClick={goToEnd}>
                <Icon name="down" />
                {talkWords.value.news}
              </button>
            )}
            {notice}
          </div>
        </div>
      </div>
    </div>
  )
}

type View = { top: number; height: number }

/** A view that follows is at the end, also before the browser has told so. */
const followed = (heights: readonly number[], place: View, follows: boolean): View => {
  if (!follows) return place
  const whole = heights.reduce((sum, height) => sum + height, 0)
  return { top: Math.max(place.top, whole - place.height), height: place.height }
}

/** Measures rows and view as they change; a view that follows then stays at the end. */
const useMeasured = (
  view: { current: HTMLDivElement | null },
  heights: { current: Map<string, number> },
  place: { value: View; peek(): View },
  settle: () => void,
): void => {
  const observer = useRef<ResizeObserver>(null)
  useEffect(() => {
    observer.current = new ResizeObserver((entries) => {
      for (const { target } of entries) {
        if (!(target instanceof HTMLElement)) continue
        const { row } = target.dataset
        if (target === view.current) {
          place.value = { ...place.peek(), height: target.clientHeight }
        } else if (!target.isConnected) {
          observer.current?.unobserve(target)
        } else if (row !== undefined && target.offsetHeight > 0) {
          // One that has left the page, or whose pane is hidden, keeps the height that it had.
          heights.current.set(row, target.offsetHeight)
        }
      }
      settle()
    })
    if (view.current) observer.current.observe(view.current)
    const notice = view.current?.querySelector('[data-notice]')
    if (notice) observer.current.observe(notice)
    return () => observer.current?.disconnect()
  }, [])
  useEffect(() => {
    // Observing what is observed already changes nothing.
    for (const row of view.current?.querySelectorAll('[data-row]') ?? []) {
      observer.current?.observe(row)
    }
  })
}

/** What a finger wants: the page goes the other way. */
const touches = (take: (input: ScrollInput) => void) => {
  let last: number | undefined
  return {
    onTouchStart: ({ touches: [touch] }: TouchEvent) => {
      last = touch?.clientY
    },
    onTouchMove: ({ touches: [touch] }: TouchEvent) => {
      if (touch && last !== undefined) take({ type: 'intent', towards: last - touch.clientY })
      last = touch?.clientY
    },
  }
}
