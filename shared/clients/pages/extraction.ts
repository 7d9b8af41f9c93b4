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
   * What a page says; all that is visible when the search for its article takes too much time or
   * memory, undefined when already that does. One page after the other, since they share a processor.
   * Rejects with the signal's reason.
   */
  read(page: HtmlPage, signal: AbortSignal): Promise<HtmlContent | undefined>
}

const startThread = async (file: URL): Promise<Worker> => {
  const thread = new Worker(file, {
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

/** What the thread says about a page: first without the search for its article, then all of it. */
type Message = { draft: HtmlContent } | { content: HtmlContent }

/** The content, or as much of it as there is when the time is over or the thread ends. */
const answerOf = async (
  thread: Worker,
  limitMs: number,
): Promise<{ content: HtmlContent | undefined; isWhole: boolean }> => {
  const { promise: isWhole, resolve } = Promise.withResolvers<boolean>()
  let content: HtmlContent | undefined
  const end = (): void => resolve(false)
  const take = (message: Message): void => {
    content = 'draft' in message ? message.draft : message.content
    if ('content' in message) resolve(true)
  }
  const timer = setTimeout(end, limitMs)
  thread.on('message', take).once('exit', end)
  try {
    return { isWhole: await isWhole, content }
  } finally {
    clearTimeout(timer)
    thread.off('message', take).off('exit', end)
  }
}

/**
 * @param limitMs for one page, from when the thread is ready for it
 * @param file what the thread runs; tests let it run something that hangs
 */
export const createExtraction = (
  limitMs: number,
  file: URL = new URL(import.meta.url),
): Extraction => {
  let thread: Promise<Worker> | undefined
  let last: Promise<unknown> = Promise.resolve()

  const extract = async (page: HtmlPage): Promise<HtmlContent | undefined> => {
    thread ??= startThread(file)
    try {
      const ready = await thread
      ready.ref()
      ready.postMessage(page)
      const { content, isWhole } = await answerOf(ready, limitMs)
      if (isWhole) ready.unref()
      else {
        // Whatever it still does must not answer for the next page.
        thread = undefined
        await ready.terminate()
      }
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
  const say = (message: Message): void => parentPort?.postMessage(message)
  parentPort?.on('message', (page: HtmlPage) => {
    say({ content: htmlContent(page, (draft) => say({ draft })) })
  })
  parentPort?.postMessage('ready')
}

if (workerData?.purpose === purpose) await serve()
