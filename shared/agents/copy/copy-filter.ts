import type {
  CopyFinding,
  CopyRejection,
  CopySafety,
  Judgement,
} from '../../contracts/copy-safety.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { AgentDependencies } from '../call-budget.ts'

/** Judges the texts of one run, in its session's language. */
export interface CopyFilter {
  /** By the rules alone. Never throws. */
  judge(text: string): Judgement
  /**
   * By the provider's moderation: what it found in each text, in their order. Undefined when it is not
   * configured.
   * @throws StudioError when it does not judge, or the signal's reason
   */
  moderate?:
    | ((texts: readonly string[], signal: AbortSignal) => Promise<CopyFinding[][]>)
    | undefined
  /** What it judges by. */
  basis: Omit<CopySafety, 'verdicts'>
}

/** What an agent needs whose answers go out as copy. */
export interface CopyAgentDependencies extends AgentDependencies {
  copyFilter: CopyFilter
}

/** Too little is left of an answer once its blocked texts are taken out. */
export class CopyRejected extends StudioError {
  /** No property, which a log would write out. */
  readonly #rejected: CopyRejection[]

  constructor(rejected: CopyRejection[], cause?: unknown) {
    super(
      'COPY_SAFETY_REJECTED',
      'The copy filter blocked texts that the answer cannot do without.',
      {
        cause,
        errors: rejected.map(({ where, law, rule }) => ({
          path: where,
          message: `${law} (${rule})`,
        })),
      },
    )
    this.name = 'CopyRejected'
    this.#rejected = rejected
  }

  get rejected(): CopyRejection[] {
    return this.#rejected
  }
}
