import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { AssetView } from '../../../shared/contracts/assets.ts'
import { RunExportView } from '../../../shared/contracts/http/export-routes.ts'
import type { RunView } from '../../../shared/contracts/runs.ts'
import { speech } from '../audio/recordings.ts'
import { finishedRun } from '../media/asset-client.ts'
import { audioAnswers } from '../model-server/audio.ts'
import { sampleVoice } from '../model-server/samples.ts'
import { drawnBackgroundFile, moods } from '../posters/drawn-backgrounds.ts'
import type { Studio } from '../studio/studio.ts'
import { unzipInto } from './debian-tools.ts'

/** What people look at after a test: git ignores it. */
export const looks = join(import.meta.dirname, '../../../.launch-studio/looks')

/** A run with its assets, and its export unpacked. */
export interface ExportedRun {
  run: RunView
  assets: AssetView[]
  /** The header of the download. */
  disposition: string
  zip: string
  folder: string
  /** Paths in the folder. */
  files: string[]
}

/** Backgrounds as a model might make them: bright, dark, busy and vivid ones in turn. */
const drawBackgrounds = ({ model }: Pick<Studio, 'model'>): void => {
  model.images.draw(async ({ fields }) => {
    const [width = 1, height = 1] = (fields.size ?? '').split('x').map(Number)
    const mood = moods[(model.images.calls.length - 1) % moods.length] ?? 'light'
    const shape = width > height ? 'landscape' : width < height ? 'portrait' : 'square'
    return drawnBackgroundFile(mood, shape)
  })
}

/** A session with a finished run, and vendors that draw and speak for it. */
export const runToExport = async (studio: Pick<Studio, 'origin' | 'model'>) => {
  drawBackgrounds(studio)
  studio.model.speech.script(
    audioAnswers.speech(await speech(sampleVoice.voiceover_script_short, 'mp3')),
  )
  return finishedRun(studio)
}

/** Has a run's assets made and exported over HTTP, and unpacks the ZIP into `folder` under `looks`. */
export const exportRun = async (
  { client, runId, assetsOf }: Awaited<ReturnType<typeof runToExport>>,
  folder: string,
  { request, start_date = '2027-03-01' }: { request: object; start_date?: string },
): Promise<ExportedRun> => {
  const accepted = await assetsOf.request(request)
  expect(accepted).toMatchObject({ status: 202 })
  await assetsOf.ended(accepted.body.job_id)
  const assets = await assetsOf.list()
  expect(assets.filter(({ status }) => status !== 'completed')).toEqual([])

  const path = `/api/runs/${runId}/export`
  const { body } = await client.post(path, { start_date })
  await assetsOf.ended(body.job_id)
  const view = RunExportView.parse(
    (await client.get(`/api/runs/${runId}/exports/${body.export_id}`)).body,
  )
  expect(view).toMatchObject({ status: 'completed', error: null })
  const fetched = await fetch(view.file?.url ?? '')
  const bytes = Buffer.from(await fetched.arrayBuffer())
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(view.file?.sha256)
  const zip = join(looks, `${folder}.zip`)
  await mkdir(looks, { recursive: true })
  await writeFile(zip, bytes)
  return {
    ...{ assets, zip, folder: join(looks, folder) },
    run: (await client.get(`/api/runs/${runId}`)).body,
    disposition: fetched.headers.get('content-disposition') ?? '',
    files: await unzipInto(zip, join(looks, folder)),
  }
}
