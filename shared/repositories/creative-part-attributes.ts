import type { CreativeOutput } from '../contracts/agents.ts'
import type { CopyRejection, CopyReport } from '../contracts/copy-safety.ts'
import {
  type CreativePart,
  type CreativePartAnswers,
  creativeFields,
  creativePartNames,
} from '../contracts/creative-parts.ts'
import type { Authored, CallUsage, Provenance } from '../contracts/provenance.ts'
import type { PartialElement } from '../contracts/runs.ts'
import { assertAuthored } from '../platform/authored.ts'
import {
  type StoredCopySafety,
  storedCopySafety,
  storedRejections,
} from './copy-safety-attributes.ts'

/** A part of the creatives as its stage's item holds it. */
export interface StoredPart<P extends CreativePart = CreativePart> {
  /** The attempt of the run in which it was written. */
  attempt: number
  output: CreativePartAnswers[P]
  provenance: Provenance
  copy_safety: StoredCopySafety
  copy_rejected: CopyRejection[]
}

export type StoredParts = { [P in CreativePart]?: StoredPart<P> }

/** Parts that an agent has written, with what the copy filter said of them. */
export type WrittenParts = {
  [P in CreativePart]?: { output: Authored<CreativePartAnswers[P]>; copy: CopyReport }
}

/** One attribute for each part: together they are the stage's output, which stands in no other. */
export const partAttribute = (part: CreativePart): string => `part_${part}`
export const partAttributes: readonly string[] = creativePartNames.map(partAttribute)

/** All parts share the room that one item has for what was said of its texts. */
const share = 1 / creativePartNames.length

/** The attributes of parts as they are written; their bytes are made by `packDense`. */
export const attributesOfParts = (
  parts: WrittenParts,
  attempt: number,
): Record<string, StoredPart> =>
  Object.fromEntries(
    creativePartNames.flatMap((part): [string, StoredPart][] => {
      const written = parts[part]
      if (written === undefined) return []
      const { value, provenance } = assertAuthored<StoredPart['output']>(written.output)
      const stored = {
        attempt,
        output: value,
        provenance,
        copy_safety: storedCopySafety(written.copy, share),
        copy_rejected: storedRejections(written.copy.rejected, share),
      }
      return [[partAttribute(part), stored]]
    }),
  )

/** The parts of an item whose attributes are parsed. */
export const storedPartsOf = (item: Readonly<Record<string, unknown>>): StoredParts =>
  Object.fromEntries(
    creativePartNames.flatMap((part) => {
      const stored = item[partAttribute(part)]
      return stored === undefined ? [] : [[part, stored]]
    }),
  )

const sumOf = (usages: readonly CallUsage[]): CallUsage =>
  usages.reduce((sum, usage) => ({
    input_tokens: sum.input_tokens + usage.input_tokens,
    output_tokens: sum.output_tokens + usage.output_tokens,
    total_tokens: sum.total_tokens + usage.total_tokens,
    calls: sum.calls + usage.calls,
    calls_without_usage: sum.calls_without_usage + usage.calls_without_usage,
  }))

/** Where words of several answers come from. */
const provenanceOf = (answers: Readonly<Record<string, Provenance>>): Provenance => {
  const all = Object.values(answers)
  const named = (name: 'provider' | 'model' | 'prompt_version'): string =>
    [...new Set(all.map((answer) => answer[name]))].join(', ')
  const [created_at = ''] = all
    .map((answer) => answer.created_at)
    .toSorted()
    .reverse()
  const repaired_by = all.flatMap((answer) => answer.repaired_by ?? [])
  return {
    provider: named('provider'),
    model: named('model'),
    response_id: null,
    prompt_version: named('prompt_version'),
    usage: sumOf(all.map(({ usage }) => usage)),
    ...(repaired_by.length > 0 && { repaired_by }),
    created_at,
    parts: answers,
  }
}

/** Of all parts together; each was judged by the pack and the moderation of its day. */
const copySafetyOf = (judged: readonly StoredCopySafety[]): StoredCopySafety | undefined => {
  const last = judged.at(-1)
  if (last === undefined) return undefined
  return {
    ...last,
    moderation: judged.every(({ moderation }) => moderation === 'on') ? 'on' : 'not_configured',
    rules: Object.assign({}, ...judged.map(({ rules }) => rules)),
    verdicts: judged.flatMap(({ verdicts }) => verdicts),
  }
}

export interface WholeCreatives {
  output: CreativeOutput
  provenance: Provenance
  copy_safety: StoredCopySafety
  copy_rejected: CopyRejection[]
}

/** What all parts together are; undefined while one is missing. */
export const wholeOfParts = ({
  copies,
  posters,
  film,
}: StoredParts): WholeCreatives | undefined => {
  if (!copies || !posters || !film) return undefined
  const all = [copies, posters, film]
  const copy_safety = copySafetyOf(all.map((part) => part.copy_safety))
  if (copy_safety === undefined) return undefined
  const { schema_version, agent } = copies.output
  return {
    output: {
      schema_version,
      agent,
      ad_copies: copies.output.ad_copies,
      poster_specs: posters.output.poster_specs,
      video_prompt_package: film.output.video_prompt_package,
    },
    provenance: provenanceOf({
      [creativeFields.copies]: copies.provenance,
      [creativeFields.posters]: posters.provenance,
      [creativeFields.film]: film.provenance,
    }),
    copy_safety,
    copy_rejected: all.flatMap((part) => part.copy_rejected),
  }
}

/** The elements of parts that are stored while their stage is not. */
export const elementsOfParts = ({ copies, posters, film }: StoredParts): PartialElement[] => [
  ...(copies?.output.ad_copies ?? []).map((item) => ({ kind: creativeFields.copies, item })),
  ...(posters?.output.poster_specs ?? []).map((item) => ({ kind: creativeFields.posters, item })),
  ...(film ? [{ kind: creativeFields.film, item: film.output.video_prompt_package }] : []),
]
