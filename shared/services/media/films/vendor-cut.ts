import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { burn, type Overlay } from '../../../platform/film/burn.ts'
import type { Mp4Track } from '../../../platform/film/mp4-index.ts'
import type { Sprite } from '../../../platform/film/planes.ts'
import { encodePng } from '../../../platform/pictures/encode-picture.ts'
import type { Cue } from '../../../rules/captions/cue.ts'
import type { FilmJob } from './film-job.ts'
import { filmLabel } from './film-labels.ts'
import { captionRoom, type TypeBox } from './film-layers.ts'
import { type SetType, typeSetterFor } from './film-type.ts'

/** What is burnt into a vendor's clip. */
export interface VendorType {
  label: SetType | undefined
  captions: { cue: Cue; set: SetType }[]
  boxes: TypeBox[]
}

/** Sets label and captions of a film. @throws LetteringError */
export const setVendorType = async ({
  placement,
  order,
  sources,
}: FilmJob): Promise<VendorType> => {
  const type = await typeSetterFor(placement)
  const text = filmLabel('generated', order.run.run.locale)
  const label = await type.set({ role: 'label', text, room: placement.safe, align: 'left' })
  const captions: VendorType['captions'] = []
  for (const cue of sources.cues) {
    const set = await type.set({
      role: 'caption',
      text: cue.rows.join('\n'),
      room: captionRoom(placement),
      align: 'center',
      atBottom: true,
    })
    if (set !== undefined) captions.push({ cue, set })
  }
  return {
    label,
    captions,
    boxes: [
      ...(label ? [{ role: 'label' as const, box: label.box }] : []),
      ...captions.map(({ set }) => ({ role: 'caption' as const, box: set.box })),
    ],
  }
}

const overlay = async (
  folder: string,
  name: string,
  { picture, sprite }: SetType,
  showing: Overlay['showing'],
): Promise<Overlay> => {
  const path = join(folder, `${name}.png`)
  await writeFile(path, await encodePng(picture))
  return { path, x: sprite.x, y: sprite.top, showing }
}

/** Platforms take 24 to 30; any other rate of a clip becomes 30. */
const rateOf = ({ samples, duration }: Mp4Track): number => {
  const rate = samples.length / duration
  return rate >= 23.9 && rate <= 30.1 ? Math.round(rate) : 30
}

export interface BurntFilm {
  clean: string
  captioned: string | null
  /** When they are seen, for the look at the finished film. */
  seen: { label: Sprite | null; captions: { sprite: Sprite; at: number }[] }
}

/** A clip in the size of its placement, with its label, and with captions in a second film. */
export const burnVendorClip = async (
  { workshop, placement }: FilmJob,
  type: VendorType,
  {
    clip,
    track,
    seconds,
    folder,
    ffmpeg,
  }: {
    clip: string
    track: Mp4Track
    seconds: number
    folder: string
    ffmpeg: string
  },
): Promise<BurntFilm> => {
  const { label, captions } = type
  const always = label ? [await overlay(folder, 'label', label, null)] : []
  const shown: Overlay[] = []
  for (const [index, { cue, set }] of captions.entries()) {
    const showing = { start: cue.start_ms / 1000, end: cue.end_ms / 1000 }
    shown.push(await overlay(folder, `caption-${index}`, set, showing))
  }
  const cleanPath = join(folder, 'burnt-clean.mp4')
  const captionedPath = join(folder, 'burnt-captioned.mp4')
  const { width, height } = placement
  await burn(
    ffmpeg,
    {
      ...{ clip, width, height, seconds, always, captions: shown, cleanPath, captionedPath },
      framesPerSecond: rateOf(track),
      clipSeconds: track.duration,
    },
    workshop.signal,
  )
  return {
    clean: cleanPath,
    captioned: shown.length === 0 ? null : captionedPath,
    seen: {
      label: label?.sprite ?? null,
      captions: captions.map(({ cue, set }) => ({
        sprite: set.sprite,
        at: (cue.start_ms + cue.end_ms) / 2000,
      })),
    },
  }
}
