import { modelSettingNames } from '../shared/platform/environment-names.ts'
import type { ServiceContext, ServiceFunction } from './service-function.ts'

/** Lets the function speak with Amazon Polly, unless another server speaks. */
export const allowPolly = (fn: ServiceFunction, { modelSettings }: ServiceContext): void => {
  if (modelSettings[modelSettingNames.ttsProvider] === 'openai') return
  fn.allowWildcard(['polly:SynthesizeSpeech'], {
    arn: '*',
    finding: '*',
    reason: 'The only resources of Amazon Polly are lexicons, and there are none.',
  })
}
