import { signal } from '@preact/signals'

let timer: ReturnType<typeof setInterval> | undefined

const tick = (): void => {
  now.value = Date.now()
}

/** The time in epoch milliseconds, told once a second while something shows it. */
export const now = signal(Date.now(), {
  watched() {
    // Not at once: what begins to watch is being drawn.
    queueMicrotask(tick)
    timer = setInterval(tick, 1000)
  },
  unwatched() {
    clearInterval(timer)
  },
})
