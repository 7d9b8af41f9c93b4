import { join } from 'node:path'
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterEach, beforeAll, expect } from 'vitest'
import { limit } from '../../support/limits/machine-speed.ts'
import { type RunningConsole, startConsole } from './running-console.ts'
import { desktop, picturesFolder } from './viewports.ts'

export interface Visitor {
  context: BrowserContext
  page: Page
}

export interface OpenConsole extends Omit<RunningConsole, 'stop'> {
  /** A visitor with a browser of their own, at a path of the console. */
  visit(path?: string, options?: BrowserContextOptions): Promise<Visitor>
}

/** What a page must never say, whatever a test does to its network. */
const isFault = (text: string): boolean =>
  !/^Failed to load resource|^WebSocket connection to/.test(text)

/** Collects errors of scripts and of the content security policy. */
const watch = (page: Page, faults: string[]): void => {
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && isFault(message.text())) faults.push(message.text())
  })
}

/** What a failed test's visitors saw at last. */
const keepPictures = async (name: string, pages: readonly Page[]): Promise<void> => {
  for (const [index, page] of pages.entries()) {
    const file = `${name.replaceAll(/\W+/g, '-')}-${index + 1}.png`
    await page.screenshot({ path: join(picturesFolder, 'failed', file) }).catch(() => {})
  }
}

/** The console that the files of a worker share. A test's visitors leave with it; their pages had no errors. */
export const useConsole = (): OpenConsole => {
  const open = {} as OpenConsole
  const contexts = new Set<BrowserContext>()
  const faults: string[] = []
  beforeAll(async () => {
    globalThis.runningConsole ??= startConsole()
    Object.assign(open, await globalThis.runningConsole)
  })
  afterEach(async ({ task }) => {
    const pages = [...contexts].flatMap((context) => context.pages())
    if (task.result?.state === 'fail') await keepPictures(task.name, pages)
    await Promise.all([...contexts].map((context) => context.close()))
    contexts.clear()
    expect(faults.splice(0)).toEqual([])
  })
  open.visit = async (path = '/', options = {}) => {
    const context = await open.browser.newContext({
      locale: 'ko-KR',
      viewport: desktop,
      reducedMotion: 'reduce',
      ...options,
    })
    contexts.add(context)
    context.setDefaultTimeout(limit(15_000))
    context.on('page', (page) => watch(page, faults))
    const page = await context.newPage()
    await page.goto(`${open.origin}${path}`)
    await page.getByRole('textbox', { name: /^(메시지|Message)$/ }).waitFor({ state: 'attached' })
    return { context, page }
  }
  return open
}
