import type { ModelServer } from '../../../test/support/model-server/model-server.ts'
import type { Recorder } from '../recorder.ts'

/** What a scene plays with: the product under the recorder, and the model behind it. */
export interface Scene {
  recorder: Recorder
  model: ModelServer
  origin: string
}

/** Asks again and again until `done`; a scene never waits longer than this. */
export const until = async <T>(ask: () => Promise<T>, done: (value: T) => boolean): Promise<T> => {
  for (let tries = 0; tries < 300; tries += 1) {
    const value = await ask()
    if (done(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('What the scene waits for did not come about.')
}
