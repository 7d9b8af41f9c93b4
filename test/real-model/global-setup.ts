import type { TestProject } from 'vitest/node'
import synthesizeOnce from '../support/studio/global-setup.ts'
import { startLlamaServer } from './llama-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Base URL of a llama.cpp server with a small open model. */
    llamaServer: string
  }
}

export default async (project: TestProject): Promise<() => Promise<void>> => {
  const server = await startLlamaServer()
  project.provide('llamaServer', server.url)
  const removeSynthesis = await synthesizeOnce(project)
  return async () => {
    removeSynthesis()
    await server.stop()
  }
}
