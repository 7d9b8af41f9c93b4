/** Ids that occur more than once in a list, as broken rules. */
export const duplicateIds = (list: string, entries: readonly { id: string }[]): string[] => {
  const ids = entries.map(({ id }) => id)
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  return [...new Set(twice)].map((id) => `${list}: the id ${id} is used twice`)
}

/** Seconds by which sums of decimal fractions may differ. */
const tolerance = 0.001

export interface Span {
  start: number
  end: number
}

/** Broken rules of time spans, which must follow each other between 0 and `until` seconds. */
export const spanRules = (list: string, spans: readonly Span[], until: number): string[] => {
  const broken: string[] = []
  let previous = 0
  for (const [index, { start, end }] of spans.entries()) {
    if (end <= start) broken.push(`${list}.${index}: ends at ${end} s, not after its start`)
    if (start < previous - tolerance) {
      broken.push(`${list}.${index}: starts at ${start} s, before ${previous} s`)
    }
    previous = Math.max(previous, end)
  }
  if (previous > until + tolerance) {
    broken.push(`${list}: ends at ${previous} s, after ${until} s`)
  }
  return broken
}
