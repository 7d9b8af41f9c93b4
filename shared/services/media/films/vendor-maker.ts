import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FilmVendor } from '../../../clients/video/film-vendor.ts'
import type { AssetCheck } from '../../../contracts/assets.ts'
import { StudioError } from '../../../contracts/errors.ts'
import { decodeFrame } from '../../../platform/film/look-at-film.ts'
import { Mp4Broken, type Mp4Track, readMp4 } from '../../../platform/film/mp4-index.ts'
import { writeFilm } from '../../../platform/film/mp4-writer.ts'
import { planesIn } from '../../../platform/film/planes.ts'
import { type OriginNote, xmpPacket } from '../../../platform/xmp/xmp-packet.ts'
import { purchaseFileKey } from '../../../repositories/media-keys.ts'
import { filmLimits } from '../../../rules/films/film-limits.ts'
import { purchaseMs } from '../../../rules/media-limits.ts'
import type { MadeAsset, MadeFile, Started } from '../asset-maker.ts'
import { purchaseDigest } from '../purchase-digest.ts'
import { coverFile } from './cover-file.ts'
import { checkFilm, checkType, type ExpectedFilm } from './film-checks.ts'
import { type FilmJob, filmFile } from './film-job.ts'
import { filmSourceType } from './film-labels.ts'
import { burnVendorClip, setVendorType } from './vendor-cut.ts'
import type { VendorOrder } from './vendor-order.ts'
import { filmOrderOf } from './vendor-picture.ts'

/** Milliseconds between two looks at a vendor's job. */
const lookEvery = 10_000

/** The clip once the vendor has made it, or how to wait for it. */
const clipOf = async (
  { dependencies, order, workshop }: FilmJob,
  vendor: FilmVendor,
  wanted: VendorOrder,
): Promise<Uint8Array | Started> => {
  const { purchase } = wanted
  const digest = purchaseDigest(purchase)
  const folder = `${purchaseFileKey(order.run.run.session_id, digest)}-film/`
  workshop.report('buying', 0.05)
  const name = await workshop.start(
    purchase,
    async (signal, idempotencyKey) =>
      vendor.start(await filmOrderOf(wanted), { idempotencyKey, folder }, signal),
    async (signal, since) =>
      (await vendor.find?.(await filmOrderOf(wanted), since, signal)) ?? null,
  )
  const started: Started = {
    vendorJob: name,
    lookAfterMs: lookEvery,
    deadline: dependencies.clock.now() + purchaseMs.film,
  }
  // Bought for another asset before: there is no job to look at.
  if (name !== digest) {
    if (order.vendorJob === null) return started
    const progress = await vendor.look({ name, folder }, workshop.signal)
    if (progress.state === 'working') {
      workshop.report('buying', 0.05 + 0.4 * (progress.share ?? 0))
      return started
    }
  }
  const { bytes } = await workshop.collect(purchase, (signal) =>
    vendor.fetch({ name, folder }, signal),
  )
  return bytes
}

/** The clip's own track of pictures. @throws StudioError UPSTREAM_ERROR for a clip that cannot be used */
const trackIn = async (path: string): Promise<Mp4Track> => {
  try {
    const { tracks } = await readMp4(path)
    const track = tracks.find(({ handler }) => handler === 'vide')
    if (track === undefined || track.samples.length === 0)
      throw new Mp4Broken('It has no pictures.')
    return track
  } catch (error) {
    if (!(error instanceof Mp4Broken)) throw error
    throw new StudioError('UPSTREAM_ERROR', `The vendor's clip is damaged. ${error.message}`, {
      cause: error,
    })
  }
}

/** Nothing else writes the label into a clip. */
type VendorJob = FilmJob & { ffmpeg: string }

interface Cut {
  job: VendorJob
  track: Mp4Track
  clip: string
  folder: string
  seconds: number
  origin: OriginNote
}

interface Finished {
  files: MadeFile[]
  checks: AssetCheck[]
}

const finish = async (
  { job, folder, seconds, origin }: Cut,
  part: string,
  role: 'clean_video' | 'captioned_video',
  expected: Pick<ExpectedFilm, 'width' | 'height' | 'seen'>,
): Promise<{ file: MadeFile; checks: AssetCheck[]; path: string }> => {
  const { sources, workshop, ffmpeg } = job
  const path = join(folder, `${role}.mp4`)
  const { sound, speech } = sources
  const xmp = xmpPacket(origin)
  await writeFilm({ parts: [part], sound, captions: null, seconds, xmp, path })
  workshop.report('checking', role === 'clean_video' ? 0.85 : 0.9)
  const looked = await checkFilm(
    path,
    { ...expected, seconds, speech, track: null, origin },
    { ffmpeg, signal: workshop.signal },
  )
  const prefix = role === 'clean_video' ? 'clean' : 'captioned'
  return {
    path,
    file: filmFile(role, path, { ...expected, seconds }),
    checks: looked.map((one) => ({ ...one, check: `${prefix}_${one.check}` })),
  }
}

/** The size of the placement, the label in the picture, and captions in a second film. */
const cutClip = async (cut: Cut): Promise<Finished> => {
  const { job, seconds, origin } = cut
  const { placement, sources, workshop, ffmpeg } = job
  const type = await setVendorType(job)
  const typeChecks = checkType({ ...sources, seconds }, type.boxes, placement, null)
  workshop.report('rendering', 0.55)
  const burnt = await burnVendorClip(job, type, { ...cut, ffmpeg })
  const { width, height } = placement
  const label = burnt.seen.label
    ? [{ what: 'label' as const, sprite: burnt.seen.label, at: seconds / 2 }]
    : []
  const size = { width, height }
  const clean = await finish(cut, burnt.clean, 'clean_video', { ...size, seen: label })
  const files = [clean.file]
  const checks = [...typeChecks, ...clean.checks]
  if (burnt.captioned !== null) {
    const captions = burnt.seen.captions
      .slice(0, 3)
      .map((one) => ({ ...one, what: 'captions' as const }))
    const seen = [...label, ...captions]
    const captioned = await finish(cut, burnt.captioned, 'captioned_video', { ...size, seen })
    files.push(captioned.file)
    checks.push(...captioned.checks)
  }
  const at = Math.min(1, seconds / 2)
  const frame = await decodeFrame(ffmpeg, {
    path: clean.path,
    seconds: at,
    signal: workshop.signal,
  })
  files.push(await coverFile(planesIn(frame, width, height), origin))
  return { files, checks }
}

/** A film of a vendor's clip, with the run's narration and captions. */
export const makeVendorFilm = async (
  job: VendorJob,
  vendor: FilmVendor,
  wanted: VendorOrder,
): Promise<MadeAsset | Started> => {
  const { workshop, sources } = job
  const bytes = await clipOf(job, vendor, wanted)
  if (!(bytes instanceof Uint8Array)) return bytes
  workshop.report('rendering', 0.5)
  const folder = await workshop.folder()
  const clip = join(folder, 'clip.mp4')
  await writeFile(clip, bytes)
  const track = await trackIn(clip)
  const spoken = sources.speech === 0 ? 0 : sources.speech + filmLimits.afterSpeech
  const seconds = Math.max(track.duration, spoken)
  const origin: OriginNote = {
    digitalSourceType: filmSourceType('generated', true),
    aiSystem: `${vendor.provider} ${vendor.model}`,
  }
  const cut: Cut = { job, track, clip, folder, seconds, origin }
  const { files, checks } = await cutClip(cut)
  return {
    files,
    checks,
    provenance: {
      origin: 'generated',
      provider: vendor.provider,
      model: vendor.model,
      purchases: [],
      adjusted: [
        ...wanted.snapped.adjusted,
        ...(seconds > track.duration + 0.05 ? ['end_held'] : []),
      ],
      digital_source_type: origin.digitalSourceType,
    },
  }
}
