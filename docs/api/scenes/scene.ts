import type { ModelServer } from '../../../test/support/model-server/model-server.ts'
import type { Recorder } from '../recorder.ts'

/** The running product with the recorder, and the scripted model behind it. */
export interface Scene {
  recorder: Recorder
  model: ModelServer
  origin: string
}

/** Polls until `done`, for half a minute at most. */
export const until = async <T>(ask: () => Promise<T>, done: (value: T) => boolean): Promise<T> => {
  for (let tries = 0; tries < 300; tries += 1) {
    const value = await ask()
    if (done(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('What the scene waits for did not come about.')
}
