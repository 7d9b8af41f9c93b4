import type { ErrorCode } from '../../shared/contracts/problems.ts'
import type { RunFailure } from '../../shared/contracts/runs.ts'
import type { CapName } from '../../shared/contracts/spend.ts'
import { modelSettingNames } from '../../shared/platform/environment-names.ts'
import { capSettings } from '../../shared/platform/spend-settings.ts'
import { dollarsOf } from '../../shared/rules/spend-caps.ts'
import { dollars } from '../terminal.ts'
import type { RunFacts } from './facts.ts'

const capWords: Readonly<Record<CapName, string>> = {
  run: 'this run',
  principal_day: 'its principal today',
  deployment_day: 'the whole deployment today',
}

const budgetAdvice = ({ cap }: RunFailure, { sums, caps }: RunFacts): string => {
  if (cap === undefined) return 'Raise the cap that has no room, see npm run ops -- usage.'
  const held = `${dollars(dollarsOf(sums[cap].held))} of ${dollars(dollarsOf(caps[cap]))} are held by ${capWords[cap]}`
  const later = cap === 'run' ? '' : ', or wait for the next day in UTC'
  return `Raise ${capSettings[cap]} (${held})${later}.`
}

/** What to change before the stage is tried again, by the code that it failed with. */
const remedies: Partial<Record<ErrorCode, (failure: RunFailure, facts: RunFacts) => string>> = {
  UPSTREAM_ERROR: () =>
    'Find out whether the service that failed serves again: npm run doctor asks the model’s server.',
  RATE_LIMITED: () =>
    'The vendor refuses calls: wait, or raise the quota or the balance of the account with it.',
  RESEARCH_TIMEOUT: () =>
    `Research had no more time. If the servers of model or search are only slow, raise ${modelSettingNames.researchDeadline}, or name fewer in ${modelSettingNames.searchProviders}.`,
  STAGE_TIMEOUT: ({ stage }) =>
    `The stage had no more time. If the model’s server is only slow, raise ${modelSettingNames[`${stage}Deadline`]} or name a faster model in ${modelSettingNames[`${stage}Model`]}.`,
  MODEL_REFUSED: () =>
    'The model refuses this brief, and will again: its owner changes the brief and starts another run.',
  SCHEMA_VALIDATION_FAILED: ({ stage }) =>
    `The model’s answers broke the rules of the stage. The detail and the lines of StageWorker name the rule; when it happens often, name another model in ${modelSettingNames[`${stage}Model`]}.`,
  COPY_SAFETY_REJECTED: () =>
    'The copy filter kept back too many texts, also of the second try. The rules are listed; the owner changes the claims in the brief, or has the copy written again.',
  BUDGET_EXCEEDED: budgetAdvice,
  CAPABILITY_NOT_CONFIGURED: () =>
    'Something is not set up or not accepted: npm run doctor names it.',
  INTERNAL_ERROR: () =>
    'It failed on our side. The lines of the run hold the error and where it was thrown; npm run ops -- redrive --dry-run shows whether its messages wait as dead letters.',
}

/** @returns sentences, in the order in which to do them */
export const adviceOnFailure = (failure: RunFailure, facts: RunFacts): string[] => {
  const { run, session } = facts
  const remedy = remedies[failure.code]?.(failure, facts)
  const isElsewhere = session?.run_id !== undefined && session.run_id !== run.run_id
  const resume = `Then its owner goes on at ${failure.stage}: POST /api/runs/${run.run_id}/resume. What was finished is used again.`
  const gone = 'Its session is gone: it cannot be resumed.'
  const other = `Its session has gone on with ${session?.run_id}: when that has ended, this one can still be resumed.`
  return [
    ...(remedy === undefined ? [] : [remedy]),
    ...(failure.code === 'MODEL_REFUSED' ? [] : [session ? resume : gone]),
    ...(isElsewhere ? [other] : []),
  ]
}
