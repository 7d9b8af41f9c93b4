/**
 * Reads markup in a thread of its own, which can be stopped: some pages are made so that a parser, or
 * the search for the article, takes hours or all memory, and the heartbeats of a stage must go on
 * meanwhile. This file is both ends of the thread, so that its bundled copy needs no other's path.
 */
import { once } from 'node:events'
import { parentPort, Worker, workerData } from 'node:worker_threads'
import { unlessAborted } from '../../platform/abort.ts'
import type { HtmlContent, HtmlPage } from './html-content.ts'

const purpose = 'page extraction'

/** Megabytes that the markup of one page may grow to. */
const memoryMb = 256

export interface Extraction {
  /**
   * What a page says; undefined when reading it takes too much time or memory. One page after the
   * other, since they share a processor. Rejects with the signal's reason.
   */
  read(page: HtmlPage, signal: AbortSignal): Promise<HtmlContent | undefined>
}

const startThread = async (): Promise<Worker> => {
  const thread = new Worker(new URL(import.meta.url), {
    workerData: { purpose },
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  })
  await once(thread, 'message')
  // Its end follows, and is what counts.
  thread.on('error', () => {})
  return thread
}

/** The thread's next message; undefined when it ran out of time or memory, and has ended then. */
const answerOf = async (thread: Worker, limitMs: number): Promise<HtmlContent | undefined> => {
  const { promise, resolve } = Promise.withResolvers<HtmlContent | undefined>()
  const end = (): void => resolve(undefined)
  const timer = setTimeout(end, limitMs)
  thread.once('message', resolve).once('exit', end)
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    thread.off('message', resolve).off('exit', end)
  }
}

/** @param limitMs for one page, from when the thread is ready for it */
export const createExtraction = (limitMs: number): Extraction => {
  let thread: Promise<Worker> | undefined
  let last: Promise<unknown> = Promise.resolve()

  const extract = async (page: HtmlPage): Promise<HtmlContent | undefined> => {
    thread ??= startThread()
    try {
      const ready = await thread
      ready.ref()
      ready.postMessage(page)
      const content = await answerOf(ready, limitMs)
      if (content === undefined) {
        // Whatever it still does must not answer for the next page.
        thread = undefined
        await ready.terminate()
      } else ready.unref()
      return content
    } catch (error) {
      thread = undefined
      throw error
    }
  }

  return {
    read(page, signal) {
      const turn = last.then(() => (signal.aborted ? undefined : extract(page)))
      last = turn.catch(() => undefined)
      return unlessAborted(turn, signal)
    },
  }
}

const serve = async (): Promise<void> => {
  const { htmlContent } = await import('./html-content.ts')
  parentPort?.on('message', (page: HtmlPage) => parentPort?.postMessage(htmlContent(page)))
  parentPort?.postMessage('ready')
}

if (workerData?.purpose === purpose) await serve()
