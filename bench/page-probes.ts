/** What runs inside the page. The benchmark's own types are Node's, so that the browser's are named here. */
import type { Page } from 'playwright-core'

interface Entry {
  startTime: number
  duration: number
  interactionId: number
  value: number
  hadRecentInput: boolean
}
declare const PerformanceObserver: new (
  call: (list: { getEntries(): Entry[]; getEntriesByName(name: string): Entry[] }) => void,
) => {
  observe(options: { type: string; buffered?: boolean; durationThreshold?: number }): void
}
declare const window: { observed: Observed }
declare const document: { getElementById(id: string): { textContent: string } | null }
declare const requestAnimationFrame: (call: () => void) => void

export interface Observed {
  /** Milliseconds from each input to the frame that shows its effect, by steps of 8; from 16 up. */
  interactions: number[]
  /** The sum of the layout shifts that no input explains. */
  shift: number
}

/** Milliseconds from the navigation to the first text on the page. */
export const firstContentfulPaint = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const [paint] = list.getEntriesByName('first-contentful-paint')
          if (paint) resolve(paint.startTime)
        }).observe({ type: 'paint', buffered: true })
      }),
  )

/** Has the page observe itself from its start. */
export const observe = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const observed: Observed = { interactions: [], shift: 0 }
    window.observed = observed
    new PerformanceObserver((list) => {
      for (const { interactionId, duration } of list.getEntries()) {
        if (interactionId > 0) observed.interactions.push(duration)
      }
    }).observe({ type: 'event', durationThreshold: 16 })
    new PerformanceObserver((list) => {
      for (const { hadRecentInput, value } of list.getEntries()) {
        if (!hadRecentInput) observed.shift += value
      }
    }).observe({ type: 'layout-shift' })
  })

/** What was observed since the last time. */
export const observed = (page: Page): Promise<Observed> =>
  page.evaluate(() => {
    const { interactions, shift } = window.observed
    Object.assign(window.observed, { interactions: [], shift: 0 })
    return { interactions, shift }
  })

/** When the page shows a text, in milliseconds since the epoch, to a frame. */
export const shownAt = (page: Page, text: string): Promise<number> =>
  page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          if (document.getElementById('app')?.textContent.includes(wanted)) {
            resolve(performance.timeOrigin + performance.now())
          } else requestAnimationFrame(look)
        }
        look()
      }),
    text,
  )
