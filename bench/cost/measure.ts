import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Synthesis } from '../../lib/synthesize.ts'
import {
  environmentNames,
  modelSettingNames as names,
  spendSettingNames,
} from '../../shared/platform/environment-names.ts'
import { defaultImageModel } from '../../shared/platform/image-settings.ts'
import { startModelProcess } from '../../test/rehearsal/model-process.ts'
import { generousLimits } from '../../test/support/limits/generous-limits.ts'
import { startEngineProcess } from '../processes.ts'
import { type JourneyName, journeys, playJourneys } from './journeys.ts'
import { type CostRecord, recordsChannel } from './records.ts'

/** What one part of a session did, all its repetitions together. */
export interface Measured {
  /** How often the part was done. */
  times: number
  /** Milliseconds from its beginning to its end. */
  milliseconds: number
  records: CostRecord[]
  /** Lines that functions wrote, by function. */
  logLines: { by: string; line: string }[]
}

export type Measurement = Record<JourneyName, Measured>

/** Milliseconds after which a journey has gone wrong. */
const journeyDeadlineMs = 480_000

const settings = (modelUrl: string): Record<string, string> => ({
  [environmentNames.openaiApiKey]: 'cost',
  [environmentNames.tokenSigningKey]: 'a-key-for-the-cost-run-that-is-long-enough',
  [environmentNames.limits]: generousLimits,
  [environmentNames.pagesAllowLoopback]: 'true',
  [names.baseUrl]: modelUrl,
  [names.provider]: 'rehearsal',
  [names.api]: 'responses',
  // Caps reserve for every call whose price is known, and that is what a deployment with OpenAI does.
  [spendSettingNames.modelPrices]: 'gpt-6-luna=0.1/0.5,*=1/5,web_search=0.01',
  // Locally the scripted server speaks and transcribes; what AWS would charge is worked out from it.
  [names.sttProvider]: 'openai',
  [names.ttsProvider]: 'openai',
  [names.sttModel]: 'gpt-transcribe',
  [names.ttsModel]: 'tts-1',
  [names.imageModel]: defaultImageModel,
  [names.videoProvider]: 'motion',
})

const linesIn = (log: string): Measured['logLines'] =>
  log.split('\n').flatMap((entry) => {
    const [, by = '', line] = /^\S+ (\S+) \| (.*)$/.exec(entry) ?? []
    return line === undefined ? [] : [{ by, line }]
  })

/** Plays one session on the local engine, with the scripted model at a natural pace, and meters its parts. */
export const measure = async (
  synthesis: Pick<Synthesis, 'template' | 'outdir'>,
  step: (what: string) => void,
): Promise<Measurement> => {
  await using stack = new AsyncDisposableStack()
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), 'launch-studio-cost-')), (path) =>
    rm(path, { recursive: true, force: true }),
  )
  const model = stack.adopt(await startModelProcess('natural'), (it) => it.stop())
  let records: CostRecord[] = []
  const engine = stack.adopt(
    await startEngineProcess(synthesis, settings(model.url), {
      watch: {
        preload: [import.meta.resolve('./recording-hook.ts')],
        reports: recordsChannel,
        onReport: (record) => void records.push(record as CostRecord),
      },
    }),
    (it) => it.stop(),
  )
  const measurement = Object.fromEntries(
    journeys.map((name): [string, Measured] => [
      name,
      { times: 0, milliseconds: 0, records: [], logLines: [] },
    ]),
  ) as Measurement
  const logFile = join(engine.dataDirectory, 'functions.log')
  let logBytes = 0
  let startedAt = 0
  const readLog = async (): Promise<string> => {
    const log = await readFile(logFile)
    const fresh = log.subarray(logBytes).toString()
    logBytes = log.length
    return fresh
  }
  await playJourneys(
    engine.origin,
    join(folder, 'files'),
    {
      begin(name) {
        step(name.replace('_', ' '))
        records = []
        startedAt = performance.now()
      },
      async end(name, times) {
        const part = measurement[name]
        part.times += times
        part.milliseconds += performance.now() - startedAt
        part.records.push(...records)
        part.logLines.push(...linesIn(await readLog()))
        records = []
      },
    },
    AbortSignal.timeout(journeyDeadlineMs),
  )
  return measurement
}
