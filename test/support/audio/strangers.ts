/** Files that are no recording of a voice turn, made by ffmpeg once and then kept. */
import { made } from './make.ts'

const picture = ['-f', 'lavfi', '-t', '1', '-i', 'color=c=blue:s=64x64:r=5']
const tone = ['-f', 'lavfi', '-t', '1', '-i', 'sine=frequency=440:sample_rate=16000']

const recipes = {
  mp4: [...picture, ...tone, '-c:v', 'mpeg4', '-c:a', 'aac', '-f', 'mp4'],
  webm: [...picture, ...tone, '-c:v', 'libvpx', '-c:a', 'libopus', '-f', 'webm'],
  matroska: [...picture, ...tone, '-c:v', 'mpeg4', '-c:a', 'aac', '-f', 'matroska'],
  aiff: [...tone, '-f', 'aiff'],
  adts: [...tone, '-c:a', 'aac', '-f', 'adts'],
} as const

/** A second of film, or of sound in a format that is not taken. */
export const stranger = (kind: keyof typeof recipes): Promise<Buffer> => made(recipes[kind])
