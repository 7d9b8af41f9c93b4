import { filmLimits } from './film-limits.ts'

/** A part of a picture, in shares of its width and height: the window has the picture's ratio. */
export interface Window {
  x: number
  y: number
  width: number
  height: number
}

/** A shot as the creative agent wrote it, in seconds. */
export interface Shot {
  start: number
  end: number
}

/** What is set in type over a scene: the posters' own words. */
export interface SceneText {
  /** Which poster's. */
  poster: number
  parts: readonly ('headline' | 'subheadline' | 'price')[]
}

export interface PlannedScene {
  start: number
  end: number
  /** Seconds before its start in which it comes in. */
  fade: number
  /** Which picture. */
  plate: number
  /** The window's way over the picture. */
  from: Window
  to: Window
  text: SceneText
}

const window = (x: number, y: number, size: number): Window => ({
  x: x * (1 - size),
  y: y * (1 - size),
  width: size,
  height: size,
})

/** The first showing of a picture has it nearly whole; a later one shows a part of it, never the same way again. */
const moves: readonly (readonly { from: Window; to: Window }[])[] = [
  [
    { from: window(0.5, 0.5, 1), to: window(0.5, 0.45, 0.87) },
    { from: window(0.5, 0.6, 0.86), to: window(0.5, 0.5, 1) },
    { from: window(0, 0.5, 0.9), to: window(1, 0.5, 0.9) },
    { from: window(0.5, 1, 0.9), to: window(0.5, 0, 0.9) },
  ],
  [
    { from: window(0.5, 0.8, 0.68), to: window(0.5, 0.5, 0.78) },
    { from: window(0.2, 0.3, 0.72), to: window(0.8, 0.4, 0.72) },
    { from: window(0.5, 0.2, 0.8), to: window(0.5, 0.4, 0.7) },
  ],
  [
    { from: window(0.9, 0.7, 0.75), to: window(0.3, 0.6, 0.75) },
    { from: window(0.4, 0.5, 0.66), to: window(0.5, 0.5, 0.82) },
  ],
]

/** Where scenes begin: the shots' own times, stretched when the film has another length than was planned and is shorter. */
const beginnings = (shots: readonly Shot[], planned: number, seconds: number): number[] => {
  const factor = seconds < planned ? seconds / planned : 1
  const starts = shots.map(({ start }) => start * factor).toSorted((one, other) => one - other)
  const kept = [0]
  for (const start of starts) {
    const last = kept.at(-1) ?? 0
    if (start - last >= filmLimits.minScene && seconds - start >= filmLimits.minScene) {
      kept.push(start)
    }
  }
  return kept
}

/** The words of each scene: the first poster opens and closes the film, the others speak between. */
const textOf = (scene: number, scenes: number, posters: number, price: boolean): SceneText => {
  const closing = price ? (['headline', 'price'] as const) : (['headline'] as const)
  if (scenes === 1) {
    return {
      poster: 0,
      parts: price ? ['headline', 'subheadline', 'price'] : ['headline', 'subheadline'],
    }
  }
  if (scene === 0) return { poster: 0, parts: ['headline'] }
  if (scene === scenes - 1) return { poster: 0, parts: closing }
  const turn = scene - 1
  return turn === 0
    ? { poster: 0, parts: ['subheadline'] }
    : {
        poster: turn % posters,
        parts: turn % posters === 0 ? ['subheadline'] : ['headline', 'subheadline'],
      }
}

const onFrame = (time: number): number =>
  Math.round(time * filmLimits.framesPerSecond) / filmLimits.framesPerSecond

export interface StoryboardInput {
  shots: readonly Shot[]
  /** Seconds that the shots were written for, and that the film has. */
  planned: number
  seconds: number
  /** How many pictures, and posters with words, there are: at least one of each. */
  plates: number
  posters: number
  /** Whether there is a price to show. */
  price: boolean
  /** Pictures are shown nearly whole each time: a smaller part of a strip has no subject any more. */
  nearlyWhole?: boolean
}

/**
 * The scenes of a film without a film model, one per shot: pictures in turn, each shown another way when
 * it comes again. They follow each other without gaps from 0 to the film's end.
 */
export const storyboard = (input: StoryboardInput): PlannedScene[] => {
  const { shots, planned, seconds, plates, posters, price, nearlyWhole = false } = input
  const starts = beginnings(shots, planned, seconds)
  return starts.map((start, index) => {
    const next = starts[index + 1] ?? seconds
    const before = start - (starts[index - 1] ?? 0)
    const rounds = nearlyWhole ? 1 : moves.length
    const round = Math.min(rounds - 1, Math.floor(index / plates))
    const ways = moves[round] ?? []
    const move = ways[index % ways.length] ?? { from: window(0, 0, 1), to: window(0, 0, 1) }
    return {
      start: onFrame(start),
      end: onFrame(next),
      fade: index === 0 ? 0 : Math.min(filmLimits.crossfade, before / 3),
      plate: index % plates,
      ...move,
      text: textOf(index, starts.length, posters, price),
    }
  })
}
