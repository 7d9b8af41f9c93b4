import { Stack } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Bundle } from './bundle.ts'
import type { capacityOf } from './capacity.ts'
import { Checkup } from './checkup.ts'
import { Console } from './console.ts'
import { Dashboard } from './dashboard.ts'
import { Data } from './data.ts'
import { EarlyResearch } from './early-research.ts'
import { Ends } from './ends.ts'
import { FrontDoor } from './front-door.ts'
import { HttpApi } from './http-api.ts'
import { Media } from './media.ts'
import { Observability } from './observability.ts'
import type { OidcIssuer } from './oidc-issuer.ts'
import { addOutputs } from './outputs.ts'
import { Pictures } from './pictures.ts'
import { Pipeline } from './pipeline.ts'
import { ProductAlarms } from './product-alarms.ts'
import { Secrets } from './secrets.ts'
import { SocketApi } from './socket-api.ts'
import { Speech } from './speech.ts'
import { StreamUrl } from './stream-url.ts'
import { timesOf } from './time-settings.ts'
import { Transcription } from './transcription.ts'
import { VoiceTurns } from './voice-turns.ts'
import { Webhooks } from './webhooks.ts'

export interface LaunchStudioStackProps {
  /** Name of the deployment; `prod` keeps its data when the stack is deleted. */
  stage: string
  bundle: Bundle
  /** Folder of the built console. */
  consoleDirectory: string
  modelSettings: Readonly<Record<string, string>>
  allowedOrigins: readonly string[]
  oidc: OidcIssuer | undefined
  /** What of the account's concurrency each part gets, and the limits on callers. */
  sizing: ReturnType<typeof capacityOf>
  /** US dollars in an hour at which the spend alarm goes off. */
  spendAlarmUsd: number
  /** Where alarms are sent to, besides the topic. */
  alarmEmail: string | undefined
  /** Percent of the traces that Lambda samples; empty for the functions' own default. */
  tracePercent: string
}

/** The whole product. Composition only: each construct grants what its functions need. */
export class LaunchStudioStack extends Stack {
  constructor(scope: Construct, id: string, props: LaunchStudioStackProps) {
    super(scope, id, { description: 'Launch Studio: a conversation becomes a launch package.' })
    const { stage, bundle, modelSettings, allowedOrigins, oidc, sizing, tracePercent } = props
    const observability = new Observability(this, 'Observability', props)
    const times = timesOf(modelSettings)
    const service = { stage, bundle, observability, modelSettings, times, tracePercent, ...sizing }
    const data = new Data(this, 'Data', { retain: stage === 'prod' })
    const ends = new Ends(this, 'Ends', { service, data })
    const secrets = new Secrets(this, 'Secrets', { stage, oidc })
    const transcription = new Transcription(this, 'Transcription', { service, data })
    const earlyResearch = new EarlyResearch(this, 'EarlyResearch', { service })
    const talking = { service, data, secrets, transcription, earlyResearch }
    const sockets = new SocketApi(this, 'SocketApi', talking)
    const pipeline = new Pipeline(this, 'Pipeline', { ...talking, sockets, ends })
    const shared = { service, data, secrets, sockets, pipeline, earlyResearch }
    const http = new HttpApi(this, 'HttpApi', { ...shared, ends, allowedOrigins, oidc })
    new Speech(this, 'Speech', { service, data, secrets, http })
    new Pictures(this, 'Pictures', { ...shared, http })
    new VoiceTurns(this, 'VoiceTurns', { ...talking, sockets, http })
    const media = new Media(this, 'Media', { ...shared, http, ends })
    new Webhooks(this, 'Webhooks', { service, data, secrets, http, ends })
    const { functionUrl: streamUrl } = new StreamUrl(this, 'StreamUrl', {
      ...shared,
      transcription,
      allowedOrigins,
    })
    new ProductAlarms(this, 'Alarms', { service, spendUsd: props.spendAlarmUsd })
    const checkup = new Checkup(this, 'Checkup', { service, secrets })
    const console = new Console(this, 'Console', {
      stage,
      directory: props.consoleDirectory,
      data,
      socketUrl: sockets.url,
    })
    const frontDoor = new FrontDoor(this, 'FrontDoor', {
      stage,
      httpApiUrl: http.url,
      streamUrl,
      console,
    })
    const dashboard = new Dashboard(this, 'Dashboard', { service, table: data.table })

    addOutputs(this, {
      url: frontDoor.url,
      streamUrl: streamUrl.url,
      service,
      secrets,
      data,
      http,
      sockets,
      pipeline,
      media,
      ends,
      checkup,
      dashboard,
    })
  }
}
