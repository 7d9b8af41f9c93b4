/** Uncompressed sound: the samples of each channel, between -1 and 1, all channels of one length. */
export interface Sound {
  /** Samples per second. */
  rate: number
  channels: readonly Float32Array[]
}

/** The rate of everything that is posted: what films and their codecs use. */
export const soundRate = 48_000

export const soundFrames = ({ channels }: Sound): number => channels[0]?.length ?? 0

/** Counted from the samples, whatever a header says. */
export const soundSeconds = (sound: Sound): number => soundFrames(sound) / sound.rate

/** The mean of all channels, as one. */
export const asMono = (sound: Sound): Sound => {
  const [first, ...others] = sound.channels
  if (!first || others.length === 0) return sound
  const mixed = Float32Array.from(first)
  for (const channel of others) {
    for (let index = 0; index < mixed.length; index += 1) {
      mixed[index] = (mixed[index] ?? 0) + (channel[index] ?? 0)
    }
  }
  for (let index = 0; index < mixed.length; index += 1) {
    mixed[index] = (mixed[index] ?? 0) / sound.channels.length
  }
  return { rate: sound.rate, channels: [mixed] }
}

/**
 * One channel on both sides. Posted speech is written like this: a mono file is measured 3 LU apart by
 * tools that count it as one loudspeaker and by those that count two.
 */
export const asStereo = (sound: Sound): Sound => {
  const [left, right] = sound.channels
  if (!left) return sound
  return { rate: sound.rate, channels: [left, right ?? left] }
}

export const silenceOf = (seconds: number, rate: number, channels = 1): Sound => ({
  rate,
  channels: Array.from({ length: channels }, () => new Float32Array(Math.round(seconds * rate))),
})

/** The part between two times in seconds, as a view of the same samples. */
export const partOf = (sound: Sound, from: number, to: number): Sound => {
  const start = Math.max(0, Math.round(from * sound.rate))
  const end = Math.max(start, Math.round(to * sound.rate))
  return {
    rate: sound.rate,
    channels: sound.channels.map((samples) => samples.subarray(start, end)),
  }
}

/** One after another. All have the rate and the number of channels of the first. */
export const joined = (parts: readonly Sound[]): Sound => {
  const [first] = parts
  if (!first) return silenceOf(0, soundRate)
  const frames = parts.reduce((sum, part) => sum + soundFrames(part), 0)
  const channels = first.channels.map((_, channel) => {
    const samples = new Float32Array(frames)
    let at = 0
    for (const part of parts) {
      samples.set(part.channels[channel] ?? new Float32Array(soundFrames(part)), at)
      at += soundFrames(part)
    }
    return samples
  })
  return { rate: first.rate, channels }
}

/** Each channel changed alike; channels that are one array stay one. */
export const eachChannel = (
  sound: Sound,
  change: (samples: Float32Array) => Float32Array,
  rate = sound.rate,
): Sound => {
  const done = new Map<Float32Array, Float32Array>()
  const channels = sound.channels.map((samples) => {
    const changed = done.get(samples) ?? change(samples)
    done.set(samples, changed)
    return changed
  })
  return { rate, channels }
}

/** The same louder or softer, by a factor. */
export const amplified = (sound: Sound, factor: number): Sound =>
  eachChannel(sound, (samples) => samples.map((sample) => sample * factor))
