import { join } from 'node:path'
import type { FilmVendor } from '../../../clients/video/film-vendor.ts'
import type { AssetCheck } from '../../../contracts/assets.ts'
import { decodeFrame } from '../../../platform/film/look-at-film.ts'
import type { Mp4Track } from '../../../platform/film/mp4-index.ts'
import { writeFilm } from '../../../platform/film/mp4-writer.ts'
import { planesIn } from '../../../platform/film/planes.ts'
import { type OriginNote, xmpPacket } from '../../../platform/xmp/xmp-packet.ts'
import { filmLimits } from '../../../rules/films/film-limits.ts'
import type { MadeAsset, MadeFile, Started } from '../asset-maker.ts'
import { coverFile } from './cover-file.ts'
import { checkFilm, checkType, type ExpectedFilm } from './film-checks.ts'
import { type FilmJob, filmFile } from './film-job.ts'
import { filmSourceType } from './film-labels.ts'
import { vendorClip } from './vendor-clip.ts'
import { burnVendorClip, setVendorType } from './vendor-cut.ts'
import type { VendorOrder } from './vendor-order.ts'

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
  const found = await vendorClip(job, vendor, wanted)
  if ('vendorJob' in found) return found
  workshop.report('rendering', 0.5)
  const folder = await workshop.folder()
  const { path: clip, track } = found
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
