import { Duration } from 'aws-cdk-lib'
import { Match, Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets'
import { Construct } from 'constructs'
import { voiceRoutes } from '../shared/contracts/http/voice-routes.ts'
import { openIndex } from '../shared/rules/storage-layout.ts'
import { functionMs } from '../shared/rules/time-budgets.ts'
import type { Data } from './data.ts'
import type { EarlyResearch } from './early-research.ts'
import type { HttpApi } from './http-api.ts'
import { acknowledgeRule, nextOneFollows } from './lost-events.ts'
import type { Secrets } from './secrets.ts'
import { type ServiceContext, ServiceFunction } from './service-function.ts'
import type { SocketApi } from './socket-api.ts'
import type { Transcription } from './transcription.ts'

export interface VoiceTurnsProps {
  service: ServiceContext
  data: Data
  secrets: Secrets
  sockets: SocketApi
  http: HttpApi
  transcription: Transcription
  earlyResearch: EarlyResearch
}

const scheduleRepairs = 'The schedule of every minute looks after turns whose event was lost.'

/** Voice turns: the function that takes them, and the one that finishes those whose request has ended. */
export class VoiceTurns extends Construct {
  private readonly props: VoiceTurnsProps

  constructor(scope: Construct, id: string, props: VoiceTurnsProps) {
    super(scope, id)
    this.props = props
    this.addHttp()
    this.addFinisher()
  }

  private addHttp(): void {
    const { service, data, secrets, sockets, http, transcription } = this.props
    const voice = new ServiceFunction(this, 'HttpVoice', {
      service,
      description: 'Spoken turns, and forms to upload recordings with.',
      timeout: Duration.millis(functionMs.turn),
      callsModel: true,
      countsBy: 'address',
    })
    http.route(voice, [voiceRoutes.speak, voiceRoutes.createVoiceUpload])
    data.allowTable(voice, ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'])
    secrets.allowOpenaiApiKey(voice)
    secrets.allowIdentification(voice)
    sockets.allowPush(voice)
    transcription.allow(voice)
    this.props.earlyResearch.allowRequest(voice)
  }

  private addFinisher(): void {
    const { service, data, secrets, sockets, transcription } = this.props
    const finisher = new ServiceFunction(this, 'TranscriptionFinished', {
      service,
      description: 'Takes spoken turns whose words came when nobody waited any more.',
      timeout: service.times.transcriptionFinished,
      lostInvocation: scheduleRepairs,
      callsModel: true,
    })
    if (transcription.byTranscribe) {
      const ended = new Rule(this, 'TranscriptionEnded', {
        description: 'A transcription of a spoken turn has ended.',
        eventPattern: {
          source: ['aws.transcribe'],
          detailType: ['Transcribe Job State Change'],
          detail: {
            TranscriptionJobName: Match.prefix(transcription.jobPrefix),
            TranscriptionJobStatus: ['COMPLETED', 'FAILED'],
          },
        },
        targets: [new LambdaTarget(finisher)],
      })
      acknowledgeRule(ended, scheduleRepairs)
    }
    const everyMinute = new Rule(this, 'FinishEveryMinute', {
      description: 'Events of Transcribe are best effort: what none came for is looked after.',
      schedule: Schedule.rate(Duration.minutes(1)),
      // The next one is a minute away.
      targets: [new LambdaTarget(finisher, { retryAttempts: 0 })],
    })
    acknowledgeRule(everyMinute, nextOneFollows)
    data.allowTable(
      finisher,
      ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      [openIndex.name],
    )
    secrets.allowOpenaiApiKey(finisher)
    sockets.allowPush(finisher)
    transcription.allow(finisher)
    this.props.earlyResearch.allowRequest(finisher)
  }
}
