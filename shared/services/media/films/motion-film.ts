import { even, type Planes, planesOf, type Sprite } from '../../../platform/film/planes.ts'
import type { Scene, Timeline } from '../../../platform/film/timeline.ts'
import { cover } from '../../../platform/pictures/fit-picture.ts'
import type { Picture } from '../../../platform/pictures/picture.ts'
import type { Cue } from '../../../rules/captions/cue.ts'
import { filmLimits } from '../../../rules/films/film-limits.ts'
import {
  type PlannedScene,
  type SceneText,
  type Shot,
  storyboard,
  type Window,
} from '../../../rules/films/storyboard.ts'
import type { Placement, Rectangle } from '../../../rules/placements/placement.ts'
import { isStrip, stripOf } from '../posters/strip.ts'
import {
  captionLayers,
  captionRoom,
  type Layers,
  labelLayer,
  type Showing,
  shadeLayers,
  shadeNeeded,
  type TypeBox,
  type TypeSide,
  textLayer,
} from './film-layers.ts'
import { type SetType, type TypeSetter, typeSetterFor } from './film-type.ts'

/** The words of one poster, as they were written and judged. */
export interface PosterWords {
  headline: string
  subheadline: string
}

export interface MotionInput {
  placement: Placement
  shots: readonly Shot[]
  /** Seconds that the shots were written for, and that the film has. */
  planned: number
  seconds: number
  /** Pictures of the run, of any size. */
  pictures: readonly Picture[]
  posters: readonly PosterWords[]
  price: string | null
  /** Captions to be burnt; none when empty. */
  cues: readonly Cue[]
  label: string
}

export interface MotionFilm {
  timeline: Timeline
  boxes: TypeBox[]
  /** Of white type with its ground at its brightest; null of a film without type. */
  contrast: number | null
  /** The label's own picture, by which it is found again. */
  label: Sprite | null
  /** The frame that becomes the cover: type that opens the film has appeared. */
  coverFrame: number
}

/** How much larger than the frame a picture is, so that windows that move over it stay sharp. */
const plateScale = 1.16

const plateOf = async (picture: Picture, placement: Placement): Promise<Planes> => {
  if (isStrip(placement)) return planesOf(await stripOf(picture, placement, plateScale))
  const { width, height } = placement
  const size = { width: Math.round(width * plateScale), height: Math.round(height * plateScale) }
  return planesOf(await cover(picture, size))
}

const inPixels = ({ x, y, width, height }: Window, plate: Planes): Rectangle => ({
  x: x * plate.width,
  y: y * plate.height,
  width: width * plate.width,
  height: height * plate.height,
})

const sceneOf = (planned: PlannedScene, plates: readonly Planes[]): Scene[] => {
  const plate = plates[planned.plate]
  if (plate === undefined) return []
  const { from, to, text: _, ...scene } = planned
  return [{ ...scene, from: inPixels(from, plate), to: inPixels(to, plate) }]
}

/** Each part of a scene's text below the one before. */
const delays: Readonly<Record<'headline' | 'subheadline' | 'price', number>> = {
  headline: 0,
  subheadline: 0.18,
  price: 0.4,
}

const wordsOf = (
  { posters, price }: MotionInput,
  poster: number,
  part: 'headline' | 'subheadline' | 'price',
): string => (part === 'price' ? (price ?? '') : (posters[poster]?.[part] ?? ''))

/** Backgrounds are composed for type, see `posters/background.ts`: calm above in upright formats, at the left in wide ones. */
const typeSide = ({ width, height }: Placement): TypeSide => (width > 1.2 * height ? 'left' : 'top')

/** The room for a scene's words: under the label, above the captions. */
const typeRoom = (placement: Placement, labelBox: Rectangle | undefined): Rectangle => {
  const { safe, width, height } = placement
  const gap = Math.round(0.028 * Math.min(width, height))
  const top = labelBox === undefined ? safe.y : labelBox.y + labelBox.height + gap
  const bottom = captionRoom(placement).y - gap
  return {
    x: safe.x,
    y: top,
    width: Math.round(safe.width * (typeSide(placement) === 'left' ? 0.56 : 1)),
    height: Math.max(0, bottom - top),
  }
}

/** Of the height that is left, what a text may take that is not the last. */
const firstShare = 0.68

/** The type of one scene, and how far its shade reaches; null without any. */
interface SceneType extends Layers {
  showing: Showing
  reach: number | null
}

type Part = 'headline' | 'subheadline' | 'price'

/** Sets a scene's texts at the upper left corner of their room, each under the one before. */
const setParts = async (
  input: MotionInput,
  { parts, poster }: SceneText,
  { type, room }: { type: TypeSetter; room: Rectangle },
): Promise<{ part: Part; set: SetType }[]> => {
  const { placement } = input
  const gap = Math.round(0.03 * Math.min(placement.width, placement.height))
  const wanted = parts.filter((part) => wordsOf(input, poster, part) !== '')
  const made: { part: Part; set: SetType }[] = []
  let top = room.y
  for (const [index, part] of wanted.entries()) {
    const left = room.y + room.height - top
    // Something stays for what follows.
    const height = Math.round(index === wanted.length - 1 ? left : left * firstShare - gap)
    const text = wordsOf(input, poster, part)
    const set = await type.set({
      role: part,
      text,
      room: { ...room, y: top, height },
      align: 'left',
    })
    if (set === undefined) continue
    made.push({ part, set })
    top = set.box.y + set.box.height + gap
  }
  return made
}

const lowered = ({ sprite, box, picture }: SetType, pixels: number): SetType => ({
  picture,
  sprite: { ...sprite, top: sprite.top + pixels },
  box: { ...box, y: box.y + pixels },
})

/** A scene's type where it belongs: at the upper end of its room, or in the middle of it. */
const setScene = async (
  input: MotionInput,
  scene: PlannedScene,
  { type, room, isLast }: { type: TypeSetter; room: Rectangle; isLast: boolean },
): Promise<SceneType> => {
  const showing: Showing = {
    // The scene before is still going.
    start: scene.start === 0 ? 0.15 : scene.start - scene.fade / 3,
    end: isLast ? Number.POSITIVE_INFINITY : scene.end - filmLimits.crossfade / 2,
    stays: isLast,
  }
  const set = await setParts(input, scene.text, { type, room })
  const last = set.at(-1)?.set.box
  if (last === undefined) return { layers: [], boxes: [], showing, reach: null }
  const side = typeSide(input.placement)
  const free = room.y + room.height - (last.y + last.height)
  const down = side === 'left' ? even(free / 2) : 0
  const placed = set.map((one) => ({ part: one.part, set: lowered(one.set, down) }))
  const boxes = placed.map(({ part, set: { box } }) => ({ role: part, box }))
  return {
    layers: placed.map(({ part, set: one }) =>
      textLayer(one, input.placement, { ...showing, start: showing.start + delays[part] }),
    ),
    boxes,
    showing,
    reach: Math.max(
      ...boxes.map(({ box }) => (side === 'left' ? box.x + box.width : box.y + box.height)),
    ),
  }
}

const setScenes = async (
  input: MotionInput,
  planned: readonly PlannedScene[],
  at: { type: TypeSetter; room: Rectangle },
): Promise<SceneType[]> => {
  const scenes: SceneType[] = []
  for (const [index, scene] of planned.entries()) {
    scenes.push(await setScene(input, scene, { ...at, isLast: index === planned.length - 1 }))
  }
  return scenes
}

const planScenes = (
  { placement, shots, planned, seconds, posters, price }: MotionInput,
  plates: number,
) =>
  storyboard({
    ...{ shots, planned, seconds, plates, nearlyWhole: isStrip(placement) },
    posters: Math.max(1, posters.length),
    price: price !== null,
  })

/**
 * Our own animation of a run's pictures and words, as a timeline that can be painted.
 * @throws LetteringError for a text that the fonts lack a sign of, or that does not fit; PictureError
 */
export const composeMotion = async (input: MotionInput): Promise<MotionFilm> => {
  const { placement, pictures, seconds } = input
  const plates: Planes[] = []
  for (const picture of pictures) plates.push(await plateOf(picture, placement))
  const planned = planScenes(input, plates.length)
  const side = typeSide(placement)
  const shade = shadeNeeded(plates, side)
  const type = await typeSetterFor(placement, shade.tone)
  const label = await labelLayer(type, placement, input.label)
  const room = typeRoom(placement, label.boxes[0]?.box)
  const words = placement.takesType ? await setScenes(input, planned, { type, room }) : []
  const captions = await captionLayers(type, placement, placement.takesType ? input.cues : [])
  const shades = words.flatMap(({ showing, reach }) =>
    reach === null ? [] : [{ ...showing, reach }],
  )
  const { framesPerSecond, crossfade } = filmLimits
  const frames = Math.round(seconds * framesPerSecond)
  const opening = Math.min(1.2, (planned[0]?.end ?? seconds) - crossfade)
  return {
    timeline: {
      ...{ width: placement.width, height: placement.height, framesPerSecond, frames, plates },
      scenes: planned.flatMap((scene) => sceneOf(scene, plates)),
      layers: [
        ...shadeLayers(placement, { ...shade, side }, shades),
        ...words.flatMap(({ layers }) => layers),
        ...label.layers,
        ...captions.layers,
      ],
    },
    boxes: [...words.flatMap(({ boxes }) => boxes), ...label.boxes, ...captions.boxes],
    label: label.layers[0]?.sprite ?? null,
    contrast: shades.length === 0 ? null : shade.contrast,
    coverFrame: Math.max(0, Math.min(frames - 1, Math.round(opening * framesPerSecond))),
  }
}
