import type { StageName } from '../../contracts/agents.ts'
import type { ErrorCode } from '../../contracts/problems.ts'
import { measure } from '../../platform/telemetry.ts'

/** How a stage failed, as metrics tell it: codes are for lines. */
export const failureOutcome = (code: ErrorCode): 'failed' | 'timeout' =>
  code === 'RESEARCH_TIMEOUT' || code === 'STAGE_TIMEOUT' ? 'timeout' : 'failed'

/** Counts a stage's end as the table has it: to be called by the writer that recorded it. */
export const measureStageEnd = (
  stage: StageName,
  outcome: 'committed' | 'failed' | 'timeout',
): void => {
  measure('StageEnd', 1, { stage, outcome })
  if (stage !== 'research') return
  measure('ResearchEnd', 1, { outcome: outcome === 'committed' ? 'succeeded' : outcome })
}
