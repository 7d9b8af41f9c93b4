import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AttributeValue, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, beforeEach, expect, inject } from 'vitest'
import { assetDirectories } from '../../../local/engine.ts'
import {
  environmentNames,
  modelSettingNames as names,
  spendSettingNames as spending,
} from '../../../shared/platform/environment-names.ts'
import { openIndex } from '../../../shared/rules/storage-layout.ts'
import { type AwsStandIn, startAwsStandIn } from '../aws/aws-stand-in.ts'
import { putEvent } from '../aws/put-event.ts'
import { type BedrockServer, startBedrock } from '../film/bedrock-server.ts'
import { plannedClip } from '../film/clips.ts'
import { type FilmServer, startFilmServer } from '../film/film-server.ts'
import { storeClip } from '../film/store-clip.ts'
import { eventually } from '../limits/eventually.ts'
import { deadline } from '../limits/machine-speed.ts'
import { scriptedMedia } from '../media/scripted-functions.ts'
import { type MediaVendor, startMediaVendor } from '../media/vendor.ts'
import { vendorUrlName } from '../media/vendor-setting.ts'
import { type Studio, startStudioOn } from './studio.ts'

/** The studios that test files share, by what their functions have in the environment. */
const kinds = {
  /**
   * As deployed, with a model of pictures, but for recordings, which a server of OpenAI's protocol transcribes, and for pages,
   * which may be on this machine.
   */
  usual: () => ({
    [names.sttProvider]: 'openai',
    [names.imageModel]: 'gpt-image-scripted',
    [environmentNames.pagesAllowLoopback]: 'true',
  }),
  /** As deployed, with models of pictures and of films at servers of OpenAI's protocol. */
  videos: () => ({
    [names.imageModel]: 'gpt-image-scripted',
    [names.videoProvider]: 'openai',
    [names.videoModel]: 'a-film-model',
  }),
  /** As deployed, with a model of pictures and films of Amazon Bedrock. */
  bedrock: () => ({
    [names.imageModel]: 'gpt-image-scripted',
    [names.videoProvider]: 'bedrock',
    [names.videoModel]: 'a-film-model',
  }),
  /** The providers of speech the other way round, a model of pictures, and moderation on. */
  'other voices': () => ({
    [names.imageModel]: 'gpt-image-scripted',
    [names.sttProvider]: 'transcribe',
    [names.sttVocabulary]: 'launch-{locale}',
    [names.ttsProvider]: 'openai',
    [names.ttsModel]: 'a-speaking-model',
    [names.moderationModel]: 'a-moderation-model',
  }),
  /** As deployed, with short deadlines: a model that hangs is the same after a second as after a minute. */
  impatient: () => ({
    // Both tries of the planner fit into the time that a turn has.
    [names.plannerDeadline]: `${deadline(1500, 12_000)}`,
    [names.pictureDeadline]: `${deadline(1500, 12_000)}`,
    [names.researchDeadline]: `${deadline(1500)}`,
    [names.strategyDeadline]: `${deadline(1500)}`,
    [names.sttProvider]: 'transcribe',
    // The schedule looks after what is a fifth older than a call may take.
    [names.sttDeadline]: `${deadline(1000, 16_000)}`,
    [names.voiceWait]: `${deadline(1500, 24_000)}`,
    [names.ttsDeadline]: `${deadline(2000, 12_000)}`,
  }),
  /** As deployed, with a price for every token and little to spend: a micro-dollar each. */
  frugal: () => ({
    [spending.modelPrices]: '*=1/1',
    [spending.principalDayCap]: '0.25',
    [names.videoProvider]: 'openai',
    [names.videoModel]: 'luma.ray-v2:0',
    // Of the films that are planned none is bought, so none is cut.
    [names.ffmpegPath]: process.execPath,
    [names.sttProvider]: 'transcribe',
  }),
  /**
   * As deployed, with scripted makers of assets over a vendor that does as it is told, and webhooks that may be on
   * this machine.
   */
  media: () => ({
    [names.imageDeadline]: `${deadline(1000, 20_000)}`,
    [environmentNames.webhooksAllowLoopback]: 'true',
  }),
} satisfies Record<string, () => Record<string, string>>
export type StudioKind = keyof typeof kinds

export interface SharedStudio extends Studio {
  /** Amazon's speech services, as this studio's functions meet them. */
  aws: AwsStandIn
  /** Sells what scripted makers buy; of the kind `media` alone. */
  vendor: MediaVendor
  /** Make films of the kinds that name a vendor of films; scripted by prompt. */
  films: FilmServer
  bedrock: BedrockServer
  /** Everything in the table. */
  items(): Promise<Record<string, AttributeValue>[]>
  /** Does what the schedule of the transcriptions does every minute. */
  runSchedule(): Promise<void>
}

/**
 * The template with one rule more, by which an event of a test rings the schedule, and another one that has the ends
 * of runs, jobs and assets brought to a queue, as a consumer's own stack would.
 */
const withRulesOfTests = (template: unknown) => {
  const { Resources, ...rest } = template as { Resources: Record<string, unknown> }
  const TestSchedule = {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['test.schedule'] },
      State: 'ENABLED',
      Targets: [{ Id: 'Finisher', Arn: { 'Fn::GetAtt': ['TranscriptionFinished', 'Arn'] } }],
    },
  }
  const TestEnds = { Type: 'AWS::SQS::Queue', Properties: {} }
  const TestEndRule = {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['launch-studio.dev'], 'detail-type': [{ prefix: '' }] },
      State: 'ENABLED',
      Targets: [{ Id: 'Ends', Arn: { 'Fn::GetAtt': ['TestEnds', 'Arn'] } }],
    },
  }
  return { ...rest, Resources: { ...Resources, TestSchedule, TestEnds, TestEndRule } }
}

const temporary = (): Promise<string> => mkdtemp(join(tmpdir(), 'launch-studio-media-'))

const start = async (kind: StudioKind): Promise<SharedStudio> => {
  const aws = await startAwsStandIn()
  const vendor = await startMediaVendor()
  const films = await startFilmServer(plannedClip)
  const bedrock = await startBedrock(async (uri, clip) => {
    const storage = { endpoint: studio.engine.endpoints.s3, credentials: studio.engine.credentials }
    await storeClip(storage, uri, clip ?? (await plannedClip()))
  })
  const { template, outdir } = inject('synthesis')
  const folders = assetDirectories(outdir)
  const scripted = kind === 'media' ? await scriptedMedia(template, await temporary()) : {}
  const vendors = {
    [vendorUrlName]: vendor.url,
    [names.videoBaseUrl]: films.url,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
  }
  const studio = await startStudioOn(
    { template: withRulesOfTests(template), outdir },
    { ...aws.environment, ...kinds[kind](), ...vendors },
    undefined,
    (asset) => scripted[asset] ?? folders(asset),
  )
  aws.attach(studio.engine)
  return {
    ...studio,
    aws,
    vendor,
    films,
    bedrock,
    items: () => itemsIn(studio),
    runSchedule: () =>
      putEvent(studio.engine, { source: 'test.schedule', detailType: 'Test', detail: {} }),
    async stop() {
      await studio.stop()
      await Promise.all([aws, vendor, films, bedrock].map((server) => server.stop()))
    },
  }
}

const opened = (kind: StudioKind): Promise<SharedStudio> => {
  const studios = globalThis.runningStudios
  if (!studios) throw new Error('Only files of the project “studio” share studios.')
  const studio = studios.get(kind) ?? start(kind)
  studios.set(kind, studio)
  return studio
}

/** What lies in the table of a studio, or in one of its indexes. */
export const itemsIn = async ({ engine }: Studio, IndexName?: string) => {
  const table = new DynamoDBClient({
    endpoint: engine.endpoints.dynamodb,
    region: 'us-east-1',
    credentials: engine.credentials,
  })
  const TableName = engine.resources.Table
  const items: Record<string, AttributeValue>[] = []
  for await (const { Items = [] } of paginateScan({ client: table }, { TableName, IndexName })) {
    items.push(...Items)
  }
  table.destroy()
  return items
}

/** Runs and turns that have not ended. A transcript that is of no use any more is left to the schedule. */
const unfinishedIn = async (studio: Studio): Promise<unknown[]> => {
  const Items = await itemsIn(studio, openIndex.name)
  return Items.map(({ PK, SK }) => `${PK?.S} ${SK?.S}`).filter((key) => !key.includes(' SPEECH#'))
}

/**
 * The studio of this kind, which the files of a worker share. Each test begins with nothing scripted;
 * a file must leave nothing that goes on, since that could take what the next file scripts.
 */
export const useStudio = (kind: StudioKind = 'usual'): SharedStudio => {
  const studio = {} as SharedStudio
  const forgetScripts = (): void => {
    studio.model.reset()
    studio.aws.polly.reset()
    studio.aws.transcribe.reset()
    studio.vendor.reset()
  }
  beforeAll(async () => {
    Object.assign(studio, await opened(kind))
    // What the file before has left would meet this one's own preparations.
    forgetScripts()
  })
  beforeEach(forgetScripts)
  afterAll(async () => {
    await eventually(async () => expect(await unfinishedIn(studio)).toEqual([]))
    await studio.log.scan()
  })
  return studio
}
