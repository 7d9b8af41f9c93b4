import type { Environment } from 'vitest/runtime'
import type { SharedStudio } from './shared-studio.ts'

declare global {
  /** Studios that run in this worker, by kind. */
  var runningStudios: Map<string, Promise<SharedStudio>> | undefined
}

/** Node, with studios that outlive a test file and are stopped with their worker. */
export default {
  name: 'studio',
  viteEnvironment: 'ssr',
  setup(global: typeof globalThis) {
    const studios: typeof global.runningStudios = new Map()
    global.runningStudios = studios
    return {
      async teardown() {
        for (const studio of studios.values()) await (await studio).stop()
      },
    }
  },
} satisfies Environment
