/** A line of what is spoken, with its time. */
export interface SpokenLine {
  text: string
  /** Seconds from the beginning of the sound. */
  from: number
  to: number
}

interface Part {
  start: number
  end: number
  start_ms: number
  end_ms: number
}

const isPart = (part: unknown): part is Part =>
  typeof part === 'object' &&
  part !== null &&
  ['start', 'end', 'start_ms', 'end_ms'].every(
    (name) => typeof (part as Record<string, unknown>)[name] === 'number',
  )

/** The sentences of a narration's timing file; none when it is not one. */
export const linesOfTiming = (json: unknown): SpokenLine[] => {
  if (typeof json !== 'object' || json === null) return []
  const { script, sentences } = json as { script?: unknown; sentences?: unknown }
  if (typeof script !== 'string' || !Array.isArray(sentences)) return []
  return sentences
    .filter(isPart)
    .map(({ start, end, start_ms, end_ms }) => ({
      text: script.slice(start, end).trim(),
      from: start_ms / 1000,
      to: end_ms / 1000,
    }))
    .filter(({ text }) => text !== '')
}

const seconds = (clock: string): number =>
  clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)

const timing = /^((?:\d+:)?\d{2}:\d{2}\.\d{3})[ \t]+-->[ \t]+((?:\d+:)?\d{2}:\d{2}\.\d{3})/

/** The cues of captions as WebVTT, without their settings and tags. */
export const linesOfVtt = (vtt: string): SpokenLine[] =>
  vtt
    .replaceAll('\r\n', '\n')
    .split(/\n{2,}/)
    .flatMap((block) => {
      const lines = block.split('\n')
      const at = lines.findIndex((line) => timing.test(line))
      const [, from = '', to = ''] = timing.exec(lines[at] ?? '') ?? []
      const text = lines
        .slice(at + 1)
        .join('\n')
        .replaceAll(/<[^>]*>/g, '')
        .trim()
      return at < 0 || text === '' ? [] : [{ text, from: seconds(from), to: seconds(to) }]
    })

/** The line that is spoken, or was last: between two lines the one before stays; -1 before the first. */
export const lineAt = (lines: readonly SpokenLine[], time: number): number =>
  lines.findLastIndex(({ from }) => from <= time + 0.05)
