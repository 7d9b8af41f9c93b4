import { Duration } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { voiceOutputRoutes } from '../shared/contracts/http/voice-output-routes.ts'
import { modelSettingNames } from '../shared/platform/environment-names.ts'
import { retentionDays } from '../shared/rules/retention.ts'
import { mediaPrefixes, speechFolder, speechTag } from '../shared/rules/storage-layout.ts'
import { functionMs } from '../shared/rules/time-budgets.ts'
import type { Data } from './data.ts'
import type { HttpApi } from './http-api.ts'
import { allowPolly } from './polly.ts'
import type { Secrets } from './secrets.ts'
import { type ServiceContext, ServiceFunction } from './service-function.ts'

export interface SpeechProps {
  service: ServiceContext
  data: Data
  secrets: Secrets
  http: HttpApi
}

/** The assistant's voice: a function of its own, so that no other loads the speech providers. */
export class Speech extends Construct {
  constructor(scope: Construct, id: string, props: SpeechProps) {
    super(scope, id)
    const { service, data, secrets, http } = props
    const speech = new ServiceFunction(this, 'HttpSpeech', {
      service,
      description: 'Speaks what the assistant said.',
      // Longer than the API waits: audio for a caller that has left is stored for the next request.
      timeout: Duration.millis(functionMs.speech),
      callsModel: true,
      countsBy: 'address',
    })
    http.route(speech, [voiceOutputRoutes.assistantVoice])
    data.allowTable(speech, ['GetItem', 'Query', 'UpdateItem'])
    data.allowMedia(
      speech,
      ['DeleteObject', 'GetObject', 'PutObject', 'PutObjectTagging'],
      `${mediaPrefixes.sessions}*/${speechFolder}*`,
    )
    // By their tag: they share a prefix with the rest of their session, which is kept longer.
    data.mediaBucket.addLifecycleRule({
      tagFilters: speechTag,
      expiration: Duration.days(retentionDays('speech')),
    })
    secrets.allowIdentification(speech)
    if (service.modelSettings[modelSettingNames.ttsProvider] === 'openai') {
      secrets.allowOpenaiApiKey(speech)
    }
    allowPolly(speech, service)
  }
}
