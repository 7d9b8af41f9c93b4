import { callAws } from '../../../local/aws/aws-json.ts'
import type { Template } from '../../../local/engine.ts'
import { sendMessage } from '../../../local/queues/queue-client.ts'
import { finishedRun } from '../../support/media/asset-client.ts'
import { answers } from '../../support/model-server/answers.ts'
import type { Drill } from '../drill.ts'
import type { DrillStudio } from '../drill-studio.ts'
import { eventOf, goodRun, modelOf, runEnd, startRuns } from './work.ts'

const stuckRun: Drill = {
  name: 'stuck-run',
  condition:
    "The model hangs, nothing ends the run, and the sweeper's clock is forty minutes ahead: the run has stood still for longer than an execution may take.",
  mending: 'The model hangs up, the run ends, and the clock is right.',
  alarms: ['AlarmsStuckRuns'],
  async inject(studio, period) {
    if (period === 0) {
      modelOf(studio, { strategy: answers.silence() })
      await startRuns(studio, 1)
      await studio.until('the strategy', () =>
        studio.model.calls.some(({ asker }) => asker === 'strategy'),
      )
      studio.control({ ahead: { Sweeper: 40 * 60_000 } })
    }
    await studio.sweep()
  },
  async recover(studio) {
    studio.model.hangUp()
    await goodRun(studio)
    await studio.sweep()
  },
}

const lostStarts: Drill = {
  name: 'lost-starts',
  condition: 'Step Functions takes no StartExecution: runs are stored and nothing works on them.',
  mending: 'It takes them again.',
  alarms: ['AlarmsRunRepairs'],
  async inject(studio) {
    modelOf(studio)
    studio.machines.treat((operation) =>
      operation === 'StartExecution'
        ? { does: 'refuse', error: 'ServiceUnavailable', status: 503 }
        : { does: 'pass' },
    )
    const runs = await startRuns(studio, 4)
    studio.machines.treat()
    // A sweep looks at what has not changed for half a minute.
    studio.control({ ahead: { Sweeper: 40_000 } })
    await studio.sweep()
    await Promise.all(runs.map(runEnd))
  },
  async recover(studio) {
    await goodRun(studio)
    await studio.sweep()
  },
}

/** The machine of the runs, with two seconds for a whole execution. */
const hasty = (template: Template): Template => {
  const text = JSON.stringify(template)
  // The tasks have timeouts too; the machine's own is the last thing in its definition.
  return JSON.parse(text.replace(/\\"TimeoutSeconds\\":\d+\}"/, '\\"TimeoutSeconds\\":2}"'))
}

const outlivedExecution: Drill = {
  name: 'outlived-execution',
  condition: 'A run takes longer than its execution may: two seconds here, and the model hangs.',
  mending: 'The model hangs up; no execution times out any more.',
  alarms: ['PipelineExecutionsTimedOut'],
  template: hasty,
  async inject(studio) {
    modelOf(studio, { search: answers.silence() })
    await Promise.all((await startRuns(studio, 1)).map(runEnd))
  },
  async recover(studio) {
    studio.model.hangUp()
  },
}

const stageDeadLetters: Drill = {
  name: 'stage-dead-letters',
  condition: 'No stage worker finishes a stage: its message goes to the dead letters.',
  mending: 'Workers take stages again.',
  alarms: ['PipelineDeadLetterInvocations'],
  async inject(studio) {
    modelOf(studio)
    studio.deliveries.treat('StageWorker', 'dead-lettered')
    await Promise.all((await startRuns(studio, 1)).map((run) => eventOf(run, 'error')))
  },
  recover: async (studio) => void (await goodRun(studio)),
}

const onePoster = { kinds: ['poster'], placements: ['instagram_feed_4x5'] }

const assetDeadLetters: Drill = {
  name: 'asset-dead-letters',
  condition: 'No media worker finishes an asset: its message goes to the dead letters.',
  mending: 'Workers take assets again.',
  alarms: ['MediaMediaDeadLetterInvocations'],
  async inject(studio) {
    const { assetsOf } = await finishedRun(studio)
    studio.deliveries.treat('MediaWorker', 'dead-lettered')
    const { body } = await assetsOf.request(onePoster)
    await assetsOf.ended(body.job_id)
  },
  async recover(studio) {
    const { assetsOf } = await finishedRun(studio)
    const { body } = await assetsOf.request(onePoster)
    await assetsOf.ended(body.job_id)
  },
}

const deadLetterQueues = ['DeadLetterQueue', 'MediaDeadLetterQueue']

const urlOf = (studio: DrillStudio, queue: string): string => studio.engine.resources[queue] ?? ''

const unhandledDeadLetters: Drill = {
  name: 'unhandled-dead-letters',
  silent: true,
  condition: 'The consumers of the dead letters are broken, and one waits in each queue.',
  mending: 'The consumers are mended, and the queues are empty.',
  alarms: ['PipelineDeadLettersNotEmpty', 'MediaDeadLettersNotEmpty'],
  async inject(studio, period) {
    if (period === 0) {
      studio.control({ broken: ['DeadLetter', 'MediaDeadLetter'] })
      for (const queue of deadLetterQueues) await sendMessage(urlOf(studio, queue), '{}')
    }
    for (const queue of deadLetterQueues) await studio.readQueue(queue)
  },
  async recover(studio) {
    for (const queue of deadLetterQueues) {
      const QueueUrl = urlOf(studio, queue)
      await callAws(new URL(QueueUrl).origin, 'AmazonSQS', 'PurgeQueue', { QueueUrl })
      await studio.readQueue(queue)
    }
  },
}

const waitingAssets: Drill = {
  name: 'waiting-assets',
  silent: true,
  condition: "No media worker takes a message, and the drill's clock is 31 minutes ahead.",
  mending: 'A worker takes it.',
  alarms: ['MediaQueueAge'],
  async inject(studio) {
    const { assetsOf } = await finishedRun(studio)
    studio.deliveries.treat('MediaWorker', 'kept waiting')
    await assetsOf.request(onePoster)
    await studio.until('the message', () => studio.deliveries.waiting('MediaQueue') > 0)
    studio.deliveries.letPass(31 * 60_000)
    await studio.readQueue('MediaQueue')
  },
  async recover(studio) {
    await studio.until('the worker', () => studio.deliveries.waiting('MediaQueue') === 0)
    await studio.readQueue('MediaQueue')
  },
}

const refusedPicture = {
  status: 400,
  json: { error: { code: 'moderation_blocked', message: 'No.' } },
}
const placements = [
  'instagram_feed_4x5',
  'instagram_feed_1x1',
  'instagram_reels_9x16',
  'youtube_16x9',
  'kakao_channel_thumbnail',
]

const failingPictures: Drill = {
  name: 'failing-pictures',
  condition: 'The vendor of pictures refuses every order.',
  mending: 'It draws again.',
  alarms: ['AlarmsAssetFailures'],
  async inject(studio) {
    const { assetsOf } = await finishedRun(studio)
    studio.model.images.respond(() => refusedPicture)
    const { body } = await assetsOf.request({ kinds: ['poster'], placements })
    await assetsOf.ended(body.job_id)
  },
  async recover(studio) {
    const { assetsOf } = await finishedRun(studio)
    const { body } = await assetsOf.request(onePoster)
    await assetsOf.ended(body.job_id)
  },
}

/** Runs and assets that stand still, get lost or go to the dead letters. */
export const pipelineDrills = [
  stuckRun,
  lostStarts,
  outlivedExecution,
  stageDeadLetters,
  assetDeadLetters,
  unhandledDeadLetters,
  waitingAssets,
  failingPictures,
]
