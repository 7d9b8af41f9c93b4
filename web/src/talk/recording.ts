/** Seconds after which a recording ends by itself: the longest that the product takes. */
export const longestSeconds = 60
/** What is shorter was a slip of the finger. */
export const shortestSeconds = 0.6
/** Seconds without a sound after which the page says that it hears nothing. */
export const quietSeconds = 4

export type RecordingTrouble =
  | 'refused'
  | 'no-microphone'
  | 'in-use'
  | 'unsupported'
  | 'too-short'
  | 'failed'

export type RecordingState =
  | { at: 'rest' }
  /** The browser asks whether the page may listen. */
  | { at: 'asking' }
  | { at: 'recording' }
  /** At its longest: it waits to be sent. */
  | { at: 'full' }
  | { at: 'trouble'; trouble: RecordingTrouble }

/** Why there is no microphone, by the name of what `getUserMedia` throws. */
export const troubleOf = (error: unknown): RecordingTrouble => {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'no-microphone'
  if (name === 'NotReadableError' || name === 'AbortError') return 'in-use'
  return 'failed'
}

/** What browsers record in, the most compact first; all of it the product takes. */
const recordedTypes = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus', 'audio/webm']

/** The type to record in; undefined leaves it to the browser. */
export const recordedType = (isSupported: (type: string) => boolean): string | undefined =>
  recordedTypes.find(isSupported)

/** Decibels below full scale that show as nothing. */
const floor = -55

/** How loud it is, 0 to 1, as an ear would put it: from samples between -1 and 1. */
export const levelOf = (samples: ArrayLike<number>): number => {
  let sum = 0
  for (let at = 0; at < samples.length; at += 1) sum += (samples[at] ?? 0) ** 2
  const decibels = 10 * Math.log10(sum / Math.max(1, samples.length))
  return Math.min(1, Math.max(0, 1 - decibels / floor))
}

/** What counts as a sound, and not as a room. */
export const heardLevel = 0.15

/** `0:07` */
export const clockTime = (seconds: number): string => {
  const whole = Math.floor(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
