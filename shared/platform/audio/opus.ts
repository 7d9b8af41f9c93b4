/** Milliseconds of a frame by the configuration in a packet's first byte, RFC 6716 section 3.1. */
const frameMilliseconds = (configuration: number): number => {
  if (configuration < 12) return [10, 20, 40, 60][configuration % 4] ?? 0
  if (configuration < 16) return configuration % 2 ? 20 : 10
  return [2.5, 5, 10, 20][configuration % 4] ?? 0
}

/** Seconds of sound in an Opus packet. An empty one is a gap and holds none. */
export const opusSeconds = (packet: Uint8Array): number => {
  const [first, second = 0] = packet
  if (first === undefined) return 0
  const code = first & 3
  const frames = code === 0 ? 1 : code < 3 ? 2 : second & 63
  return (frameMilliseconds(first >> 3) * frames) / 1000
}
