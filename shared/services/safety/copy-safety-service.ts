import { setImmediate } from 'node:timers/promises'
import type { CopyFilter } from '../../agents/copy/copy-filter.ts'
import type { Moderator } from '../../clients/openai/moderation.ts'
import type {
  CopyCheck,
  CopyFinding,
  Judgement,
  ModerationState,
  ProductType,
} from '../../contracts/copy-safety.ts'
import type { Locale } from '../../contracts/session.ts'
import { type Clock, isoTime } from '../../platform/clock.ts'
import { log } from '../../platform/telemetry.ts'
import type { RunWithStages } from '../../repositories/run-output-repository.ts'
import { boundedText } from '../../rules/bounded-text.ts'
import type { JudgeOptions } from '../../rules/copy-safety/judge.ts'
import { moderationFinding } from './moderation-finding.ts'
import { ownEvidence } from './own-evidence.ts'

/** The rule pack, which is large, and is loaded when a text has to be judged. */
export interface CopyRules {
  judgeCopy(text: string, options: JudgeOptions): Judgement
  prepareJudge(like: string): Iterable<void>
  productTypesOf(category: string, hints?: readonly string[]): ProductType[]
  packVersion: string
}

export interface CopySafetyDependencies {
  clock: Clock
  rules(): Promise<CopyRules>
  /** Undefined when moderation is not configured. */
  moderator(): Moderator | undefined
}

export interface CheckRequest {
  text: string
  category: string
  locale: Locale
}

export interface CopySafetyService {
  /** The filter for the texts of a run: agents' answers, names of files, whatever goes out. */
  forRun(found: RunWithStages): Promise<CopyFilter>
  /**
   * Does what the first texts of a run would wait for in a new process, in short pieces, while something else is
   * waited for; in a process that has done so, nothing. Never rejects.
   */
  prepare(run: Pick<RunWithStages['run'], 'brief'>): Promise<void>
  /**
   * Judges one text by itself: no brief and no evidence clears anything.
   * @throws StudioError when moderation is on and does not judge
   */
  check(request: CheckRequest): Promise<CopyCheck>
}

/** UTF-16 units of the words that a finding of moderation repeats: it is about the whole text. */
const matchUnits = 80

const flaggedAs = (locale: Locale, text: string, categories: readonly string[]): CopyFinding[] =>
  categories.map((category) => moderationFinding(category, boundedText(text, matchUnits), locale))

const moderationState = (moderator: Moderator | undefined): ModerationState =>
  moderator === undefined ? 'not_configured' : 'on'

const forRun = async (
  { clock, rules, moderator }: CopySafetyDependencies,
  found: RunWithStages,
): Promise<CopyFilter> => {
  const { judgeCopy, productTypesOf, packVersion } = await rules()
  const { brief, locale } = found.run
  const hints = [brief['product.name'], ...brief['product.features']]
  const productTypes = productTypesOf(brief['product.category'], hints)
  const options: JudgeOptions = {
    productTypes,
    at: isoTime(clock.now()),
    locale,
    evidence: ownEvidence(found),
  }
  const moderation = moderator()
  return {
    judge: (text) => judgeCopy(text, options),
    ...(moderation && {
      async moderate(texts, signal) {
        const flagged = await moderation.moderate(texts, signal)
        return texts.map((text, index) => flaggedAs(locale, text, flagged[index] ?? []))
      },
    }),
    basis: {
      pack_version: packVersion,
      product_types: productTypes,
      moderation: moderationState(moderation),
    },
  }
}

/** Milliseconds for which nothing else is done. */
const pieceMs = 5

const prepare = async (
  { rules }: CopySafetyDependencies,
  { brief }: Pick<RunWithStages['run'], 'brief'>,
): Promise<void> => {
  try {
    const { prepareJudge } = await rules()
    let since = performance.now()
    for (const _ of prepareJudge([brief['product.name'], ...brief['product.features']].join(' '))) {
      if (performance.now() - since < pieceMs) continue
      await setImmediate()
      since = performance.now()
    }
  } catch (error) {
    // Whatever needs the rules meets it, and tells.
    log.debug('rules not prepared', { error: error as Error })
  }
}

const check = async (
  { clock, rules, moderator }: CopySafetyDependencies,
  { text, category, locale }: CheckRequest,
): Promise<CopyCheck> => {
  const moderation = moderator()
  const [{ judgeCopy, productTypesOf }, [categories = []] = []] = await Promise.all([
    rules(),
    moderation?.moderate([text]),
  ])
  const judged = judgeCopy(text, {
    productTypes: productTypesOf(category),
    at: isoTime(clock.now()),
    locale,
  })
  const flagged = flaggedAs(locale, text, categories)
  return {
    ...judged,
    ...(flagged.length > 0 && { verdict: 'blocked', findings: [...judged.findings, ...flagged] }),
    moderation: moderationState(moderation),
  }
}

export const createCopySafetyService = (
  dependencies: CopySafetyDependencies,
): CopySafetyService => {
  let prepared: Promise<void> | undefined
  return {
    forRun: (found) => forRun(dependencies, found),
    prepare(run) {
      prepared ??= prepare(dependencies, run)
      return prepared
    },
    check: (request) => check(dependencies, request),
  }
}
