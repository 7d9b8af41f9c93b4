/**
 * The boxes of the ISO family (MP4, M4A, 3GP, QuickTime), before mediabunny reads the packets: it reads
 * the first movie of a file alone, and makes as many samples as a table of a few bytes claims.
 */
import { asciiAt } from './audio-content.ts'

export interface IsoBoxes {
  brand: string
  /** `moov` boxes of the whole file: one belongs to one recording. */
  movies: number
  fileTypes: number
  /** More samples than a recording can have, or than its tables can hold. */
  isExcessive: boolean
  /** A table has samples without a time. */
  isContradictory: boolean
}

/** Samples of a track: a minute in packets of 2.5 ms has 24,000. */
const samplesLimit = 30_000
/** Samples where each is one of PCM: a minute at 192 kHz. */
const pcmLimit = 192_000 * 60

const containers = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'moof', 'traf'])

/** Sizes that are added up for all samples: of a minute in one chunk, with packets of 6 ms. */
const additionsLimit = 100_000_000

/** Fragments of a file; recorders write a few a second. */
const fragmentsLimit = 10_000
/** Tracks of a file; a recording has one. */
const tracksLimit = 64

interface Totals {
  fragments: number
  tracks: number
  sized: number
  /** Samples that have a size each. */
  listed: number
  timed: number
  composed: number
  chunks: number
  lastChunk: number
  perChunk: number
  run: number
}

/** Sum of the counts of a run-length table: entries of `[count, value]` behind their number. */
const sumCounts = (bytes: Buffer, at: number, end: number): number => {
  let sum = 0
  for (let entry = at + 8; entry + 8 <= end; entry += 8) sum += bytes.readUInt32BE(entry)
  return sum
}

const count = (totals: Totals, bytes: Buffer, kind: string, at: number, end: number): void => {
  if (kind === 'moof') totals.fragments += 1
  if (kind === 'trak') totals.tracks += 1
  if (end - at < 12) return
  if (kind === 'stsz' || kind === 'stz2') {
    const samples = bytes.readUInt32BE(at + 8)
    totals.sized += samples
    if (kind === 'stz2' || bytes.readUInt32BE(at + 4) === 0) totals.listed += samples
  }
  if (kind === 'stts') totals.timed += sumCounts(bytes, at, end)
  if (kind === 'ctts') totals.composed += sumCounts(bytes, at, end)
  if (kind === 'stco' || kind === 'co64') totals.chunks += bytes.readUInt32BE(at + 4)
  if (kind === 'trun') totals.run += bytes.readUInt32BE(at + 4)
  if (kind !== 'stsc') return
  for (let entry = at + 8; entry + 12 <= end; entry += 12) {
    totals.lastChunk = Math.max(totals.lastChunk, bytes.readUInt32BE(entry))
    totals.perChunk = Math.max(totals.perChunk, bytes.readUInt32BE(entry + 4))
  }
}

const sizeAt = (bytes: Buffer, at: number): { header: number; size: number } => {
  const size = bytes.readUInt32BE(at)
  if (size === 0) return { header: 8, size: bytes.length - at }
  if (size !== 1 || at + 16 > bytes.length) return { header: 8, size }
  return { header: 16, size: Number(bytes.readBigUInt64BE(at + 8)) }
}

/** Walks over all boxes, in time linear in the bytes. */
export const readBoxes = (bytes: Buffer): IsoBoxes => {
  const totals: Totals = {
    fragments: 0,
    tracks: 0,
    sized: 0,
    listed: 0,
    timed: 0,
    composed: 0,
    chunks: 0,
    lastChunk: 0,
    perChunk: 0,
    run: 0,
  }
  const found = { brand: '', movies: 0, fileTypes: 0 }
  for (let at = 0; at + 8 <= bytes.length; ) {
    const { header, size } = sizeAt(bytes, at)
    const kind = asciiAt(bytes, at + 4, 4)
    // Bytes that are no box end the file for every player.
    if (size < header) break
    const end = Math.min(bytes.length, at + size)
    if (kind === 'ftyp') {
      found.fileTypes += 1
      found.brand ||= asciiAt(bytes, at + 8, 4)
    }
    if (kind === 'moov') found.movies += 1
    count(totals, bytes, kind, at + header, end)
    at = containers.has(kind) ? at + header : at + size
  }
  const isExcessive =
    totals.listed > samplesLimit ||
    // For each sample mediabunny adds up the sizes of its whole chunk.
    (totals.listed > 0 && totals.listed * totals.perChunk > additionsLimit) ||
    totals.fragments > fragmentsLimit ||
    totals.tracks > tracksLimit ||
    totals.timed > pcmLimit ||
    totals.run > samplesLimit ||
    (totals.composed > 0 && Math.max(totals.timed, totals.composed) > samplesLimit) ||
    totals.lastChunk > totals.chunks + 1
  return { ...found, isExcessive, isContradictory: totals.sized > totals.timed + totals.tracks }
}
