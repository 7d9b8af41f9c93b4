import type { CopyRule } from '../copy-rule.ts'

type Shared = Omit<CopyRule, 'id' | 'pattern' | 'examplesBad' | 'examplesGood' | 'explanation'>

/** What the rules of a family have in common; what is not said is open, empty or null. */
type FamilyFields = Partial<Shared> &
  Pick<Shared, 'productTypes' | 'law' | 'article' | 'severity'> & {
    /** Beginning of each rule's id: `cosmetics.medicine`. */
    id: string
    /** For rules that say nothing of their own. */
    explanation?: CopyRule['explanation']
  }

/** One rule of a family: it may say any of the common fields anew; its exceptions come on top. */
export type MemberFields = Partial<Shared> & {
  /** End of the id: `atopy` becomes `cosmetics.medicine.atopy`. */
  id: string
  pattern: RegExp
  bad: readonly [string, ...string[]]
  good: readonly [string, ...string[]]
  explanation?: CopyRule['explanation']
}

const open = {
  yieldsTo: null,
  item: null,
  guidelinePage: null,
  effectiveFrom: null,
  effectiveUntil: null,
  exceptions: [],
  evidenceThatAllows: null,
} satisfies Partial<CopyRule>

/**
 * Rules of one law, article, severity and so on, each with its pattern and its tests.
 *
 * Patterns see lower case, one space for many, `%` and digits in ASCII, Latin letters without accents,
 * Hangul in whole syllables. Words that are taken apart (`완 치`, `완*치`), zero-width characters and
 * look-alikes are undone by the engine, and so is the spacing of compounds (`피부재생` finds `피부 재생`,
 * not the other way round); write `\s?` only beside digits and Latin letters. `\b` works for Latin letters only.
 * No nested quantifiers; gaps bounded (`.{0,8}`, `[^.!?]{0,8}`). Flags other than `u` are ignored.
 *
 * The engine clears negations and disclaimers, so `good` may hold them; compounds are the pattern's work
 * (lookaround) or exceptions'. An exception clears a match that lies within it and nothing else.
 * `bad`: the rule is found; `good`: no finding of this rule. `productTypes: 'all'` for general advertising
 * law; `general` means goods that no special law regulates.
 */
export const family = (
  common: FamilyFields,
  members: readonly MemberFields[],
): readonly CopyRule[] => {
  const { id: familyId, explanation: familyExplanation, ...fields } = common
  return members.map(({ id, bad, good, explanation, exceptions = [], ...own }) => ({
    ...open,
    ...fields,
    ...own,
    id: `${familyId}.${id}`,
    exceptions: [...(fields.exceptions ?? []), ...exceptions],
    explanation: explanation ?? familyExplanation ?? { ko: '', en: '' },
    examplesBad: bad,
    examplesGood: good,
  }))
}
