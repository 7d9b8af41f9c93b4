import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { synthesize } from '../../lib/synthesize.ts'
import { routes } from '../../shared/contracts/http.ts'
import { environmentNames } from '../../shared/platform/environment-names.ts'
import { startAwsStandIn } from '../../test/support/aws/aws-stand-in.ts'
import { startStudioOn } from '../../test/support/studio/studio.ts'
import { itemExamplesFile } from '../reference/items.ts'
import { createItemRecorder } from '../reference/record-items.ts'
import { examplesFile } from './examples.ts'
import { asCommitted, createRecorder } from './recorder.ts'
import { recordAssets, recordPictures } from './scenes/assets.ts'
import { recordConversation } from './scenes/conversation.ts'
import { recordEarlyResearch } from './scenes/early-research.ts'
import { recordFailures } from './scenes/failures.ts'
import { recordLaunch } from './scenes/launch.ts'
import { recordReaders } from './scenes/readers.ts'
import { recordRun } from './scenes/run.ts'
import { recordSocket } from './scenes/socket.ts'
import { recordVoice } from './scenes/voice.ts'
import { recordWebhooks } from './scenes/webhooks.ts'

// Runs the product on the local engine with a scripted model, sends each kind of request, and records
// the answers and the items that they leave in the table: `npm run docs:record`, then `npm run docs`.

const folder = mkdtempSync(join(tmpdir(), 'launch-studio-record-'))
const { template, outdir } = await synthesize({
  environment: {},
  bundleDirectory: join(folder, 'functions'),
  outdir: join(folder, 'assembly'),
})
const aws = await startAwsStandIn()
const studio = await startStudioOn(
  { template: JSON.parse(JSON.stringify(template)), outdir },
  { ...aws.environment, [environmentNames.webhooksAllowLoopback]: 'true' },
)
aws.attach(studio.engine)
try {
  const items = createItemRecorder(studio.engine)
  const recorder = createRecorder(studio.origin, items.look)
  const scene = { recorder, model: studio.model, origin: studio.origin }
  const over = new AbortController()
  const watching = items.watch(over.signal)
  const sessionId = await recordConversation(scene)
  await recordReaders(scene, sessionId)
  await recordEarlyResearch(scene)
  const runId = await recordRun(scene, sessionId)
  await recordAssets(scene, runId)
  await recordPictures(scene)
  await recordSocket(scene, sessionId)
  await recordVoice(scene, aws)
  await recordLaunch(scene)
  await recordWebhooks(scene)
  await recordFailures(scene)
  over.abort()
  await watching
  writeFileSync(itemExamplesFile, `${JSON.stringify(items.examples(), null, 2)}\n`)
  await recorder.record('deleteSession', 'The conversation is over', {
    params: { session_id: sessionId },
  })
  const book = asCommitted(recorder.book, studio.origin)
  writeFileSync(examplesFile, `${JSON.stringify(book, null, 2)}\n`)
  const silent = Object.keys(routes).filter((name) => book.routes[name] === undefined)
  process.stdout.write(
    `Recorded ${Object.keys(book.routes).length} routes${silent.length > 0 ? `, but not ${silent.join(', ')}` : ''}.\n`,
  )
} catch (error) {
  // Before the studio stops, which takes as long as any run that is still in progress.
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
  process.exitCode = 1
} finally {
  await studio.stop()
  await aws.stop()
  rmSync(folder, { recursive: true, force: true })
}
