import { drawSvg } from '../../../shared/platform/lettering/draw-svg.ts'
import { encodePng } from '../../../shared/platform/pictures/encode-picture.ts'
import { flatten } from '../../../shared/platform/pictures/fit-picture.ts'
import type { Picture } from '../../../shared/platform/pictures/picture.ts'
import type { BackgroundShape } from '../../../shared/services/media/posters/background.ts'

export const moods = ['dark', 'light', 'busy', 'vivid'] as const
export type Mood = (typeof moods)[number]

const sizes: Readonly<Record<BackgroundShape, [width: number, height: number]>> = {
  portrait: [1024, 1536],
  square: [1024, 1024],
  landscape: [1536, 1024],
}

const skies: Readonly<Record<Mood, [from: string, to: string, table: string, glass: string]>> = {
  dark: ['#243247', '#0d1119', '#1a2130', '#c98d4e'],
  light: ['#fbf6ee', '#e9dccb', '#f6ece0', '#d98f79'],
  busy: ['#7d9a6a', '#c9b458', '#5b7f8f', '#f0ead8'],
  vivid: ['#ff6a3d', '#c2185b', '#7b1fa2', '#ffe082'],
}

/** A repeatable sequence of numbers from 0 to 1. */
const numbers = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
}

const spots = (mood: Mood, width: number, height: number): string => {
  const next = numbers(width + height)
  const count = mood === 'busy' ? 420 : 14
  return Array.from({ length: count }, () => {
    const radius = mood === 'busy' ? 8 + next() * 60 : 20 + next() * 90
    const colour =
      mood === 'busy'
        ? `hsl(${Math.floor(next() * 360)},65%,${20 + Math.floor(next() * 65)}%)`
        : '#fff'
    const opacity = mood === 'busy' ? 0.9 : 0.05 + next() * 0.08
    return `<circle cx="${next() * width}" cy="${next() * height}" r="${radius}" fill="${colour}" fill-opacity="${opacity}"/>`
  }).join('')
}

/** A bottle on a table, where the prompt of a shape wants its subject. */
const bottle = (shape: BackgroundShape, width: number, height: number, glass: string): string => {
  const x = shape === 'landscape' ? width * 0.76 : width / 2
  const foot = height * (shape === 'portrait' ? 0.72 : shape === 'square' ? 0.93 : 0.8)
  const tall = height * (shape === 'portrait' ? 0.34 : shape === 'square' ? 0.42 : 0.5)
  const wide = tall * 0.36
  return `<ellipse cx="${x}" cy="${foot}" rx="${wide * 0.9}" ry="${tall * 0.05}" fill="#000" fill-opacity="0.25"/>
    <rect x="${x - wide / 2}" y="${foot - tall * 0.72}" width="${wide}" height="${tall * 0.72}" rx="${wide * 0.16}" fill="${glass}"/>
    <rect x="${x - wide / 2}" y="${foot - tall * 0.72}" width="${wide * 0.22}" height="${tall * 0.72}" rx="${wide * 0.1}" fill="#fff" fill-opacity="0.25"/>
    <rect x="${x - wide * 0.16}" y="${foot - tall * 0.9}" width="${wide * 0.32}" height="${tall * 0.2}" fill="${glass}" fill-opacity="0.85"/>
    <rect x="${x - wide * 0.22}" y="${foot - tall}" width="${wide * 0.44}" height="${tall * 0.14}" rx="8" fill="#2a2522"/>
    <rect x="${x - wide * 0.34}" y="${foot - tall * 0.48}" width="${wide * 0.68}" height="${tall * 0.24}" fill="#fffdf8" fill-opacity="0.9"/>`
}

/** A background as a model might make it, drawn by code. */
export const drawnBackground = async (mood: Mood, shape: BackgroundShape): Promise<Picture> => {
  const [width, height] = sizes[shape]
  const [from, to, table, glass] = skies[mood]
  const horizon = height * (shape === 'square' ? 0.86 : 0.7)
  return flatten(
    await drawSvg(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="sky" x1="0" y1="0" x2="0.3" y2="1"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs>
    <rect width="${width}" height="${height}" fill="url(#sky)"/>
    <rect y="${horizon}" width="${width}" height="${height}" fill="${table}"/>
    ${spots(mood, width, height)}${bottle(shape, width, height, glass)}</svg>`),
  )
}

const files = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()

export const drawnBackgroundFile = (
  mood: Mood,
  shape: BackgroundShape,
): Promise<Uint8Array<ArrayBuffer>> => {
  const name = `${mood} ${shape}`
  const file = files.get(name) ?? drawnBackground(mood, shape).then(encodePng)
  files.set(name, file)
  return file
}
