import type { Moderator } from '../../clients/openai/moderation.ts'
import { asStudioError } from '../../contracts/errors.ts'
import { log, measure } from '../../platform/telemetry.ts'
import {
  type DescribedFinding,
  describeFinding,
  type Finding,
  severityOf,
} from '../../rules/checkup/findings.ts'
import { checkModels, failureLine, type ModelCheckDependencies } from './model-check.ts'
import { checkSearch, type SearchCheckDependencies } from './search-check.ts'
import { checkSecrets } from './secret-check.ts'

export interface CheckupDependencies extends ModelCheckDependencies, SearchCheckDependencies {
  /** Undefined where moderation is off, or costs something. */
  moderator: () => Moderator | undefined
}

export interface CheckupService {
  /** What deployments and studios on one machine have in common. Never rejects. */
  findings(): Promise<Finding[]>
  /** All of it, with a line for each finding and the metrics. Never rejects. */
  record(): Promise<DescribedFinding[]>
}

/** A check that breaks is a finding, and ends no other. */
export const guarded = async (
  subject: string,
  check: () => Promise<Finding[]>,
): Promise<Finding[]> => {
  try {
    return await check()
  } catch (error) {
    log.error('check failed', { subject, error })
    return [{ code: 'CHECK_FAILED', subject, found: failureLine(error) }]
  }
}

const checkModeration = async (moderator: Moderator | undefined): Promise<Finding[]> => {
  if (moderator === undefined) return []
  try {
    await moderator.moderate(['안녕하세요'])
    return [{ code: 'CAPABILITY_READY', subject: 'moderation', found: 'judged one text' }]
  } catch (error) {
    const { code, vendor } = asStudioError(error)
    // Without a key nothing was sent, and the check of secrets tells why.
    if (code === 'CAPABILITY_NOT_CONFIGURED' && vendor?.status == null) return []
    return [{ code: 'CAPABILITY_BROKEN', subject: 'moderation', found: failureLine(error) }]
  }
}

/** A shutdown has a metric and an alarm of its own. */
const ownAlarm: readonly string[] = ['MODEL_ENDS_SOON', 'MODEL_ENDED']

const count = (findings: readonly Finding[]): void => {
  for (const severity of ['failure', 'warning'] as const) {
    const counted = findings.filter(
      (finding) => severityOf(finding) === severity && !ownAlarm.includes(finding.code),
    )
    measure('CheckupFinding', counted.length, { severity })
  }
  const days = findings.flatMap(({ daysLeft }) => daysLeft ?? [])
  if (days.length > 0) measure('ModelDaysLeft', Math.min(...days))
}

const levels = { ok: 'info', note: 'info', warning: 'warn', failure: 'error' } as const

export const createCheckupService = (dependencies: CheckupDependencies): CheckupService => {
  const findings = async (): Promise<Finding[]> => {
    const { clock, moderator } = dependencies
    // They wait for different servers.
    const checks = await Promise.all([
      guarded('secrets', () => checkSecrets(clock.now())),
      guarded('models', () => checkModels(dependencies)),
      guarded('search', () => checkSearch(dependencies)),
      guarded('moderation', () => checkModeration(moderator())),
    ])
    return checks.flat()
  }
  return {
    findings,
    async record() {
      const all = await findings()
      for (const finding of all) {
        const { code, severity, area, subject, found, daysLeft } = describeFinding(finding)
        // Lines lose dates, which look like telephone numbers.
        const days = daysLeft === undefined ? {} : { days_left: daysLeft }
        log[levels[severity]]('checkup finding', { code, severity, area, subject, found, ...days })
      }
      count(all)
      return all.map(describeFinding)
    },
  }
}
