import type { Environment } from 'vitest/runtime'
import type { RunningConsole } from './running-console.ts'

declare global {
  /** What runs in this worker. */
  var runningConsole: Promise<RunningConsole> | undefined
}

/** Node, with a console and a browser that outlive a test file and are stopped with their worker. */
export default {
  name: 'console',
  viteEnvironment: 'ssr',
  setup: () => ({
    async teardown(global: typeof globalThis) {
      await (await global.runningConsole)?.stop()
    },
  }),
} satisfies Environment
