import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brokenFilm, mayYetCome } from '../../../clients/video/film-failure.ts'
import type { FilmVendor } from '../../../clients/video/film-vendor.ts'
import { StudioError } from '../../../contracts/errors.ts'
import { unlessAborted } from '../../../platform/abort.ts'
import { lookAtUnits } from '../../../platform/film/look-at-film.ts'
import { Mp4Broken, type Mp4Track, readMp4 } from '../../../platform/film/mp4-index.ts'
import { log } from '../../../platform/telemetry.ts'
import { purchaseFileKey } from '../../../repositories/media-keys.ts'
import { clipTolerance, filmCallMs } from '../../../rules/films/film-limits.ts'
import type { SnappedFilm } from '../../../rules/films/film-offers.ts'
import { purchaseMs } from '../../../rules/media-limits.ts'
import type { Started } from '../asset-maker.ts'
import { purchaseDigest } from '../purchase-digest.ts'
import type { FilmJob } from './film-job.ts'
import type { VendorOrder } from './vendor-order.ts'
import { filmOrderOf } from './vendor-picture.ts'

/** A vendor's clip in a file, and its track of pictures. */
export interface Clip {
  path: string
  track: Mp4Track
}

/** What a call answers within its time. @throws StudioError MEDIA_TIMEOUT */
const inTime = async <T>(
  milliseconds: number,
  signal: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const timeout = AbortSignal.timeout(milliseconds)
  const either = AbortSignal.any([signal, timeout])
  try {
    return await unlessAborted(call(either), either)
  } catch (error) {
    signal.throwIfAborted()
    if (!timeout.aborted) throw error
    const message = `The server of films did not answer within ${milliseconds / 1000} s.`
    throw new StudioError('MEDIA_TIMEOUT', message, { cause: error })
  }
}

/** The clip's own track of pictures. @throws StudioError UPSTREAM_ERROR for a clip that cannot be used */
const trackIn = async (
  path: string,
  { service }: Pick<FilmVendor, 'service'>,
): Promise<Mp4Track> => {
  try {
    const { tracks } = await readMp4(path)
    const track = tracks.find(({ handler }) => handler === 'vide')
    if (track === undefined || track.samples.length === 0)
      throw new Mp4Broken('It has no pictures.')
    if (track.format === 'avc1') await lookAtUnits(path, track)
    return track
  } catch (error) {
    if (!(error instanceof Mp4Broken)) throw error
    throw brokenFilm('sent a clip that is damaged', { service, message: error.message })
  }
}

/** @throws StudioError UPSTREAM_ERROR for a clip of another shape or length than was ordered and is paid for */
const assertOrdered = (
  { width, height, duration }: Mp4Track,
  ordered: Pick<SnappedFilm, 'width' | 'height' | 'seconds'>,
  from: Pick<FilmVendor, 'service'>,
): void => {
  const { ratio, side, seconds, share } = clipTolerance
  const off = Math.abs(Math.log(width / height / (ordered.width / ordered.height)))
  const isShaped = off <= ratio && width >= ordered.width * side && height >= ordered.height * side
  const isLong = Math.abs(duration - ordered.seconds) <= Math.max(seconds, ordered.seconds * share)
  if (isShaped && isLong) return
  const made = `${width}x${height} and ${duration.toFixed(1)} s`
  const wanted = `${ordered.width}x${ordered.height} and ${ordered.seconds} s`
  throw brokenFilm(`sent a clip of ${made} where ${wanted} were ordered`, from)
}

/**
 * The clip once the vendor has made it, or how to wait for it. Nothing is kept of a clip that cannot be used: it
 * would be found again with every attempt. A call that fails for a reason that passes leaves the job to go on.
 */
export const vendorClip = async (
  { dependencies, order, workshop }: FilmJob,
  vendor: FilmVendor,
  { purchase, ...wanted }: VendorOrder,
): Promise<Clip | Started> => {
  const { clock, callMs = filmCallMs } = dependencies
  const digest = purchaseDigest(purchase)
  const folder = `${purchaseFileKey(order.run.run.session_id, digest)}-film/`
  workshop.report('buying', 0.05)
  const name = await workshop.start(
    purchase,
    async (signal, idempotencyKey) => {
      const filmOrder = await filmOrderOf({ ...wanted, purchase })
      const start = (either: AbortSignal) =>
        vendor.start(filmOrder, { idempotencyKey, folder }, either)
      return inTime(callMs.start, signal, start)
    },
    async (signal, since) => {
      const filmOrder = await filmOrderOf({ ...wanted, purchase })
      const find = async (either: AbortSignal) => vendor.find?.(filmOrder, since, either)
      return (await inTime(callMs.look, signal, find)) ?? null
    },
  )
  const job = { name, folder, prompt: wanted.prompt }
  const started = (trouble?: StudioError): Started => ({
    vendorJob: name,
    lookAfterMs: Math.max(filmCallMs.between, 1000 * (trouble?.retryAfter ?? 0)),
    deadline: clock.now() + purchaseMs.film,
    ...(trouble && { trouble }),
  })
  const path = join(await workshop.folder(), 'clip.mp4')
  let track: Mp4Track | undefined
  const fetchClip = async (signal: AbortSignal): Promise<Uint8Array> => {
    const bytes = await inTime(callMs.fetch, signal, (either) => vendor.fetch(job, either))
    await writeFile(path, bytes)
    track = await trackIn(path, vendor)
    assertOrdered(track, wanted.snapped, vendor)
    return bytes
  }
  try {
    // Bought for another asset before: there is no job to look at.
    if (name !== digest) {
      if (order.vendorJob === null) return started()
      const look = (either: AbortSignal) => vendor.look(job, either)
      const progress = await inTime(callMs.look, workshop.signal, look)
      if (progress.state === 'working') {
        workshop.report('buying', 0.05 + 0.4 * (progress.share ?? 0))
        return started()
      }
    }
    const { bytes } = await workshop.collect(purchase, fetchClip)
    if (track === undefined) await writeFile(path, bytes)
    return { path, track: track ?? (await trackIn(path, vendor)) }
  } catch (error) {
    workshop.signal.throwIfAborted()
    if (!mayYetCome(error)) throw error
    log.warn('a vendor of films was not reached', { code: error.code, vendor: error.vendor, error })
    return started(error)
  }
}
