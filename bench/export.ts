import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Asset } from '../shared/repositories/media-work.ts'
import { createExportMaker } from '../shared/services/export/export-maker.ts'
import type { MakingOrder } from '../shared/services/media/asset-maker.ts'
import { sampleBrief, sampleCreative, sampleVoice } from '../test/support/model-server/samples.ts'
import { now } from './clock.ts'
import { below, type Row, rowOf } from './statistics.ts'

const filmBytes = 60 * 1024 * 1024
const piece = Buffer.alloc(64 * 1024, 7)

async function* film(): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < filmBytes; at += piece.length) yield piece
}

const filmDigest = (): string => {
  const hash = createHash('sha256')
  for (let at = 0; at < filmBytes; at += piece.length) hash.update(piece)
  return hash.digest('hex')
}

const filmOf = (): Asset =>
  ({
    ...{ asset_id: 'film', asset_type: 'video', status: 'completed', sources: [] },
    ...{ placement: 'vertical_9x16', poster_spec_id: null, note: null, replaces: null },
    files: [
      {
        ...{ role: 'clean_video', name: 'film.mp4', content_type: 'video/mp4', key: 'film' },
        ...{ bytes: filmBytes, sha256: filmDigest(), width: 1080, height: 1920, duration_ms: 8000 },
      },
    ],
  }) as unknown as Asset

const at = '2026-11-26T00:00:00.000Z'

const order = {
  run: {
    run: {
      ...{ run_id: 'run', session_id: 'session', locale: 'ko-KR', state: 'DONE', attempt: 1 },
      ...{ brief: sampleBrief, stage: 'voice', created_at: at, updated_at: at },
    },
    stages: { creative: { output: sampleCreative }, voice: { output: sampleVoice } },
    ...{ usage: [], searches: { calls: 0, micros: 0, unpriced: 0 } },
  },
  exported: { start_date: '2027-03-01', asset_ids: ['film'], unfinished: [], asked_at: at },
} as unknown as MakingOrder

/** A run with a film of 60 MB, packed into a file. */
export const measureExport = async (): Promise<Row[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'launch-studio-export-'))
  const maker = createExportMaker({
    media: async () => ({
      get: async () => undefined,
      open: async () => film(),
      head: async () => ({ bytes: filmBytes, contentType: 'video/mp4', metadata: {} }),
    }),
    assets: { list: async () => [filmOf()] },
  })
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 10)
  const before = process.memoryUsage.rss()
  const started = now()
  try {
    const unused = () => Promise.reject(new Error('Nothing is bought for an export.'))
    await maker.make(order, {
      ...{ signal: new AbortController().signal, report: () => {}, folder: async () => folder },
      ...{ buy: unused, start: unused, collect: unused, productPicture: async () => null },
    })
    const seconds = (now() - started) / 1000
    const megabytes = (most - before) / 2 ** 20
    return [
      rowOf('ZIP of 60 MB with its reports', [seconds], 's', below(10, 's')),
      rowOf('memory that it takes beside the process', [megabytes], 'MB', below(256, 'MB')),
    ]
  } finally {
    clearInterval(watch)
    await rm(folder, { recursive: true, force: true })
  }
}
