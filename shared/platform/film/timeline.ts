import type { Rectangle } from '../../rules/placements/placement.ts'
import type { Planes, Sprite } from './planes.ts'

/** A film as the painter takes it: numbers and shared memory, so that it goes to a thread as it is. Times are seconds. */
export interface Timeline {
  /** Pixels, both even. */
  width: number
  height: number
  framesPerSecond: number
  frames: number
  plates: readonly Planes[]
  scenes: readonly Scene[]
  /** Shown over the scenes, the later ones over the earlier ones. */
  layers: readonly Layer[]
}

/** A window that moves over a plate, from one rectangle of it to another of the same ratio. */
export interface Scene {
  plate: number
  start: number
  end: number
  from: Rectangle
  to: Rectangle
  /** Seconds before its start in which it comes in over the scene before. */
  fade: number
}

export interface Layer {
  sprite: Sprite
  start: number
  end: number
  /** Seconds in which it appears, and goes at its end; 0 for at once. */
  fadeIn: number
  fadeOut: number
  /** Pixels by which it rises while it appears. */
  rise: number
  /** Of captions: it is missing in the clean film. */
  caption: boolean
}

export const variants = ['clean', 'captioned'] as const
/** Without captions in the picture, and with them. */
export type Variant = (typeof variants)[number]

/** Slow at both ends. */
export const eased = (share: number): number => {
  const part = Math.max(0, Math.min(1, share))
  return part * part * (3 - 2 * part)
}

const between = (from: number, to: number, share: number): number => from + (to - from) * share

/** Where the window of a scene lies at a time, in pixels of its plate. */
export const windowAt = (scene: Scene, time: number): Rectangle => {
  const start = scene.start - scene.fade
  const share = Math.max(0, Math.min(1, (time - start) / Math.max(scene.end - start, 0.001)))
  // Nearly even, so that the picture never stands still and never jerks.
  const moved = 0.7 * share + 0.3 * eased(share)
  return {
    x: between(scene.from.x, scene.to.x, moved),
    y: between(scene.from.y, scene.to.y, moved),
    width: between(scene.from.width, scene.to.width, moved),
    height: between(scene.from.height, scene.to.height, moved),
  }
}

/** How much of a layer shows at a time, 0 to 1, and how many pixels it still has to rise. */
export const layerAt = (layer: Layer, time: number): { opacity: number; below: number } => {
  if (time < layer.start || time >= layer.end) return { opacity: 0, below: 0 }
  const came = layer.fadeIn === 0 ? 1 : eased((time - layer.start) / layer.fadeIn)
  const left = layer.fadeOut === 0 ? 1 : eased((layer.end - time) / layer.fadeOut)
  return { opacity: Math.min(came, left), below: Math.round(layer.rise * (1 - came)) }
}
