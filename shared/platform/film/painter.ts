import type { Rectangle } from '../../rules/placements/placement.ts'
import { frameBytes, type Planes, planesIn, type Sprite } from './planes.ts'
import { layerAt, type Scene, type Timeline, windowAt } from './timeline.ts'

/** Where the columns of a plane are read: the left pixel of each, and the share of the right one in 256ths. */
interface Columns {
  left: Int32Array
  share: Int32Array
}

const columnsOf = (width: number, start: number, step: number, limit: number): Columns => {
  const left = new Int32Array(width)
  const share = new Int32Array(width)
  for (let column = 0; column < width; column += 1) {
    const at = Math.max(0, Math.min(limit - 1.001, start + (column + 0.5) * step - 0.5))
    left[column] = Math.floor(at)
    share[column] = Math.floor((at - Math.floor(at)) * 256)
  }
  return { left, share }
}

/** One row of a plane at the columns, 256 times as large. */
const readRow = (from: Uint8Array, start: number, columns: Columns, to: Int32Array): void => {
  const { left, share } = columns
  for (let column = 0; column < to.length; column += 1) {
    const at = start + (left[column] as number)
    const pixel = from[at] as number
    to[column] = (pixel << 8) + ((from[at + 1] as number) - pixel) * (share[column] as number)
  }
}

/**
 * Reads a window of a plane with sub-pixel precision. Neighbouring rows of the frame share rows of the
 * plane: each is read once.
 */
const readWindow = (
  from: { data: Uint8Array; width: number; height: number },
  window: Rectangle,
  to: { data: Uint8Array; width: number; height: number },
): void => {
  const columns = columnsOf(to.width, window.x, window.width / to.width, from.width)
  let upper = new Int32Array(to.width)
  let lower = new Int32Array(to.width)
  let upperRow = -1
  let lowerRow = -1
  const step = window.height / to.height
  for (let row = 0; row < to.height; row += 1) {
    const at = Math.max(0, Math.min(from.height - 1.001, window.y + (row + 0.5) * step - 0.5))
    const first = Math.floor(at)
    if (first === lowerRow) {
      const spare = upper
      upper = lower
      lower = spare
      upperRow = lowerRow
      lowerRow = -1
    }
    if (first !== upperRow) readRow(from.data, first * from.width, columns, upper)
    if (first + 1 !== lowerRow) readRow(from.data, (first + 1) * from.width, columns, lower)
    upperRow = first
    lowerRow = first + 1
    const share = Math.floor((at - first) * 256)
    const { data } = to
    for (let column = 0, out = row * to.width; column < to.width; column += 1, out += 1) {
      const pixel = upper[column] as number
      data[out] = ((pixel << 8) + ((lower[column] as number) - pixel) * share + 32_768) >> 16
    }
  }
}

const half = ({ x, y, width, height }: Rectangle): Rectangle => ({
  x: x / 2,
  y: y / 2,
  width: width / 2,
  height: height / 2,
})

const paintScene = (plates: readonly Planes[], scene: Scene, time: number, to: Planes): void => {
  const plate = plates[scene.plate]
  if (plate === undefined) return
  const window = windowAt(scene, time)
  readWindow({ ...plate, data: plate.y }, window, { ...to, data: to.y })
  const chroma = { width: plate.width / 2, height: plate.height / 2 }
  const target = { width: to.width / 2, height: to.height / 2 }
  readWindow({ ...chroma, data: plate.u }, half(window), { ...target, data: to.u })
  readWindow({ ...chroma, data: plate.v }, half(window), { ...target, data: to.v })
}

/** `over` shows by `share` 256ths. */
const mix = (under: Uint8Array, over: Uint8Array, share: number): void => {
  for (let at = 0; at < under.length; at += 1) {
    const pixel = under[at] as number
    under[at] = pixel + ((((over[at] as number) - pixel) * share) >> 8)
  }
}

interface Blended {
  data: Uint8Array
  alpha: Uint8Array
  width: number
  height: number
}

const blend = (
  to: { data: Uint8Array; width: number; height: number },
  sprite: Blended,
  corner: { x: number; y: number },
  opacity: number,
): void => {
  const firstRow = Math.max(0, -corner.y)
  const rows = Math.min(sprite.height, to.height - corner.y)
  const firstColumn = Math.max(0, -corner.x)
  const columns = Math.min(sprite.width, to.width - corner.x)
  const { data, alpha } = sprite
  const under = to.data
  for (let row = firstRow; row < rows; row += 1) {
    let from = row * sprite.width + firstColumn
    let at = (corner.y + row) * to.width + corner.x + firstColumn
    for (let column = firstColumn; column < columns; column += 1, from += 1, at += 1) {
      const covers = (alpha[from] as number) * opacity
      if (covers === 0) continue
      const pixel = under[at] as number
      // Alpha to 255, opacity to 256: 65,280 covers wholly.
      under[at] = pixel + Math.round((((data[from] as number) - pixel) * covers) / 65_280)
    }
  }
}

const blendSprite = (to: Planes, sprite: Sprite, opacity: number, below: number): void => {
  const share = Math.round(opacity * 256)
  const top = sprite.top + below
  blend({ ...to, data: to.y }, { ...sprite, data: sprite.y }, { x: sprite.x, y: top }, share)
  const target = { width: to.width / 2, height: to.height / 2 }
  const chroma = { width: sprite.width / 2, height: sprite.height / 2, alpha: sprite.chromaAlpha }
  const corner = { x: sprite.x / 2, y: top >> 1 }
  blend({ ...target, data: to.u }, { ...chroma, data: sprite.u }, corner, share)
  blend({ ...target, data: to.v }, { ...chroma, data: sprite.v }, corner, share)
}

export interface Painter {
  /** Bytes of the frame that was painted last; the next one overwrites them. */
  frame: Uint8Array
  /** Everything but captions. */
  paint(index: number): void
  /** Captions over the frame that was painted last. False when it shows none. */
  addCaptions(index: number): boolean
}

/** Paints the frames of a timeline in any order. Memory: two frames beside what the timeline holds. */
export const painterOf = (timeline: Timeline): Painter => {
  const { width, height, plates, scenes, layers, framesPerSecond } = timeline
  const frame = new Uint8Array(frameBytes(width, height))
  const over = new Uint8Array(frameBytes(width, height))
  const planes = planesIn(frame, width, height)
  const overPlanes = planesIn(over, width, height)

  const addLayers = (time: number, caption: boolean): boolean => {
    let shown = false
    for (const layer of layers) {
      if (layer.caption !== caption) continue
      const { opacity, below } = layerAt(layer, time)
      if (opacity === 0) continue
      blendSprite(planes, layer.sprite, opacity, below)
      shown = true
    }
    return shown
  }

  return {
    frame,
    paint(index) {
      const time = index / framesPerSecond
      const current = scenes.findLast(({ start }) => start <= time) ?? scenes[0]
      if (current !== undefined) paintScene(plates, current, time, planes)
      const next = scenes.find(({ start, fade }) => start > time && start - fade < time)
      if (next !== undefined) {
        paintScene(plates, next, time, overPlanes)
        const share = Math.round(256 * (1 - (next.start - time) / next.fade))
        mix(frame, over, share)
      }
      addLayers(time, false)
    },
    addCaptions: (index) => addLayers(index / framesPerSecond, true),
  }
}
