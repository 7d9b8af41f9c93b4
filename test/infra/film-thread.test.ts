import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { bundledFolder } from '../../lib/bundle.ts'
import type { Part, PartMessage } from '../../shared/platform/film/film-worker.ts'
import { readMp4 } from '../../shared/platform/film/mp4-index.ts'
import { smallTimeline } from '../support/film/timelines.ts'
import { sharedBundle } from '../support/studio/shared-bundle.ts'

test('the media worker brings the thread that paints films, with the encoder in it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'thread-'))
  const path = join(folder, 'part.mp4')
  const workerData: Part = {
    timeline: smallTimeline(),
    ...{ first: 0, end: 10, ffmpeg: null, outputs: [{ variant: 'clean', path }] },
  }
  const file = join(bundledFolder(sharedBundle(), 'MediaWorker'), 'assets', 'film-worker.mjs')
  const worker = new Worker(file, { workerData })
  const ended = Promise.withResolvers<void>()
  worker.on('message', (message: PartMessage) => {
    if ('done' in message) ended.resolve()
    if ('failed' in message) ended.reject(message.failed)
  })
  worker.once('error', ended.reject)
  await ended.promise
  await worker.terminate()
  expect((await readMp4(path)).tracks[0]?.samples).toHaveLength(10)
  await rm(folder, { recursive: true, force: true })
})
