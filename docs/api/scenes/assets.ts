import { photo, seenBy } from '../../../test/support/pictures/picture-turns.ts'
import { type Scene, until } from './scene.ts'

/** A picture of the product: with the turn, and by a form for larger ones. */
export const recordPictures = async ({ recorder, model }: Scene): Promise<void> => {
  const { record, refused, ask } = recorder
  const { body: session } = await ask('createSession', {})
  const params = { session_id: session.session_id }
  const image = new Blob([new Uint8Array(await photo())], { type: 'image/jpeg' })
  model.script('picture', (call) => seenBy(call))
  const shown = await record('addProductImage', 'A photo', { params, form: { image } })
  const { pathname } = new URL(
    shown.body.brief_slots['product.image_url'].value,
    'https://studio.example',
  )
  await record('getProductImage', 'The photo, with a new link', {
    params: { ...params, picture_id: pathname.split('/').at(-1) ?? '' },
  })
  await record('createPictureUpload', 'A form for a larger one', {
    params,
    body: { format: 'heic' },
  })
  const text = new Blob(['This is no picture.'], { type: 'image/png' })
  await refused('UNSUPPORTED_MEDIA', 'addProductImage', { params, form: { image: text } })
}

const jobEnds = ({ recorder: { ask } }: Scene, jobId: string) =>
  until(
    () => ask('getJob', { params: { job_id: jobId } }),
    ({ body }) => !['queued', 'running'].includes(body.status),
  )

/** Captions of a finished run, from the estimate to the file. */
export const recordAssets = async (scene: Scene, runId: string): Promise<void> => {
  const { record, refused, ask } = scene.recorder
  const params = { run_id: runId }
  const wish = { kinds: ['subtitles'], voice: { recording: 'none' } }
  await record('estimateAssets', 'What captions would cost', { params, body: wish })
  const begun = await record('generateAssets', 'Captions alone, for films without a voice', {
    params,
    headers: { 'idempotency-key': 'captions-1' },
    body: wish,
  })
  const job = { job_id: begun.body.job_id }
  await jobEnds(scene, begun.body.job_id)
  // It fails, since the voice of these scenes is silent, and shows what that looks like.
  const spoken = await ask('generateAssets', {
    params,
    headers: { 'idempotency-key': 'narration-1' },
    body: { kinds: ['narration'] },
  })
  await jobEnds(scene, spoken.body.job_id)
  await record('listAssets', 'The assets of a run', { params })
  const packing = await record('exportRun', 'The package with its files', {
    params,
    headers: { 'idempotency-key': 'export-1' },
    body: { start_date: '2026-12-01' },
  })
  await jobEnds(scene, packing.body.job_id)
  const packed = { ...params, export_id: packing.body.export_id }
  await record('getExport', 'The ZIP, with a link', { params: packed })
  await record('listExports', 'The exports of a run', { params })
  await record('deleteExport', 'It is not needed any more', { params: packed })
  const asset = { ...params, asset_id: begun.body.asset_ids[0] }
  await record('getAsset', 'The captions, with links', { params: asset })
  await record('cancelJob', 'Too late: the job has ended', { params: job })
  await record('deleteAsset', 'Not these', { params: asset })
  await refused('ASSET_NOT_FOUND', 'getAsset', {
    params: { ...params, asset_id: `asset_${'0'.repeat(26)}` },
  })
}
