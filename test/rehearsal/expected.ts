import { Problem } from '../../shared/contracts/problems.ts'
import type { Answer } from '../support/studio/client.ts'

/** What came back, in the words of the problem that it holds, if it does. */
export const expected = (answer: Answer, status: number, what: string): Answer => {
  if (answer.status === status) return answer
  const problem = Problem.safeParse(answer.body)
  const why = problem.success
    ? `${problem.data.error.code}: ${problem.data.detail}`
    : JSON.stringify(answer.body)
  throw new Error(`${what} answered ${answer.status} instead of ${status}. ${why}`)
}
