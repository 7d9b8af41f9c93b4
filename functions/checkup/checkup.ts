import type { Context } from 'aws-lambda'
import { invocationFacts, recordedInvocation } from '../../shared/platform/recorded-work.ts'
import type { DescribedFinding } from '../../shared/rules/checkup/findings.ts'
import { checkupService } from '../checkup-composition.ts'

const checkup = checkupService()

/**
 * A schedule calls once a day, and the doctor when it looks at the deployment. A second call asks everything
 * again, and reports it again.
 */
export const handler = async (
  _: unknown,
  context: Context,
): Promise<{ findings: DescribedFinding[] }> => ({
  findings: await recordedInvocation('checkup', invocationFacts(context), () => checkup.record()),
})
