import type { Browser } from 'playwright-core'
import { inject } from 'vitest'
import {
  environmentNames,
  modelSettingNames as names,
} from '../../../shared/platform/environment-names.ts'
import { rehearsalModelName, startRehearsalModel } from '../../rehearsal/model.ts'
import type { ModelServer } from '../../support/model-server/model-server.ts'
import { startStudioOn } from '../../support/studio/studio.ts'
import { launchChromium } from './chromium.ts'

/** The product on the embedded engines, as a browser meets it. */
export interface RunningConsole {
  origin: string
  /** The rehearsal's model, which does not wait; what a test scripts goes before the rehearsal's answers. */
  model: ModelServer
  browser: Browser
  stop(): Promise<void>
}

const settings = (modelUrl: string): Record<string, string> => ({
  [names.baseUrl]: modelUrl,
  [names.provider]: 'rehearsal',
  [names.sttProvider]: 'openai',
  [names.ttsProvider]: 'openai',
  [names.videoProvider]: 'motion',
  [names.ffmpegPath]: '',
  [environmentNames.pagesAllowLoopback]: 'true',
  ...Object.fromEntries(
    [
      names.plannerModel,
      names.pictureModel,
      names.researchModel,
      names.strategyModel,
      names.creativeModel,
      names.voiceModel,
      names.sttModel,
      names.ttsModel,
      names.imageModel,
    ].map((name) => [name, rehearsalModelName]),
  ),
})

/** One for all files of a worker: see `console-environment.ts`. */
export const startConsole = async (): Promise<RunningConsole> => {
  await using stack = new AsyncDisposableStack()
  const model = stack.adopt(await startRehearsalModel('fast'), (it) => it.stop())
  const studio = stack.adopt(await startStudioOn(inject('synthesis'), settings(model.url)), (it) =>
    it.stop(),
  )
  const browser = stack.adopt(await launchChromium(), (it) => it.close())
  const all = stack.move()
  return { origin: studio.origin, model, browser, stop: () => all.disposeAsync() }
}
