import type { ModelListing, ModelServer } from '../../clients/openai/model-list.ts'
import { asStudioError, type StudioError } from '../../contracts/errors.ts'
import type { Clock } from '../../platform/clock.ts'
import { pause } from '../../platform/pause.ts'
import { judgeClock } from '../../rules/checkup/clock-skew.ts'
import type { FindingCode } from '../../rules/checkup/finding-kinds.ts'
import type { Finding } from '../../rules/checkup/findings.ts'
import { judgeModels } from '../../rules/checkup/model-ends.ts'
import { usedModels } from './used-models.ts'

export interface ModelCheckDependencies {
  clock: Clock
  listModels: (server: ModelServer) => Promise<ModelListing>
  /** Milliseconds before a server that failed for the moment is asked again. */
  retryPauseMs: number
}

/** A failure in one line, with the vendor's own reason. */
export const failureLine = (error: unknown): string => {
  const { message, vendor } = asStudioError(error)
  return vendor?.message == null || message.includes(vendor.message)
    ? message
    : `${message} The server said: ${vendor.message}`
}

const hostOf = (baseUrl: string | undefined): string =>
  baseUrl === undefined ? 'api.openai.com' : (URL.parse(baseUrl)?.host ?? 'the base URL')

const ofFailure = (failure: StudioError, server: string, wasAsked: boolean): Finding => {
  const finding = (code: FindingCode, found: string): Finding => ({ code, subject: server, found })
  // Without a key nothing was sent, and the check of secrets tells why.
  if (!wasAsked && failure.code === 'CAPABILITY_NOT_CONFIGURED') {
    return finding('MODEL_LIST_UNKNOWN', `not asked: ${failure.message}`)
  }
  const isDown = failure.code === 'UPSTREAM_ERROR' || failure.retryable
  return finding(isDown ? 'MODEL_SERVER_DOWN' : 'MODEL_SERVER_REFUSED', failureLine(failure))
}

/** One hiccup is no finding: a daily check would raise an alarm for it. */
const listTwice = async (
  { listModels, retryPauseMs }: ModelCheckDependencies,
  server: ModelServer,
): Promise<ModelListing> => {
  const listing = await listModels(server)
  if (!listing.failure?.retryable) return listing
  await pause(retryPauseMs)
  return listModels(server)
}

/** Model names and shutdown dates by each server's own list, and the clock by the first answer. */
export const checkModels = async (dependencies: ModelCheckDependencies): Promise<Finding[]> => {
  const checked = await Promise.all(
    usedModels().map(async ({ server, models }) => {
      const { models: listed, failure, answer } = await listTwice(dependencies, server)
      const name = hostOf(server.baseUrl)
      const isOpenai = server.baseUrl === undefined
      const found = `GET /models has no list; used: ${models.map((each) => each.name).join(', ')}`
      const findings: Finding[] =
        failure !== null
          ? [ofFailure(failure, name, answer !== undefined)]
          : listed === null
            ? [{ code: 'MODEL_LIST_UNKNOWN', subject: name, found }]
            : judgeModels(models, listed, { now: dependencies.clock.now(), isOpenai, server: name })
      return { name, findings, answer }
    }),
  )
  const timed = checked.find(({ answer }) => answer !== undefined && answer.saidAt !== null)
  return [
    ...checked.flatMap(({ findings }) => findings),
    judgeClock(timed?.answer, timed?.name ?? ''),
  ]
}
