import { unlessAborted } from '../../platform/abort.ts'
import type { Clock } from '../../platform/clock.ts'
import { robotsLimit } from '../../rules/model-limits.ts'
import { type Network, requestPage } from './page-request.ts'
import { RequestFailure, type RequestFailureReason, refused } from './request-failure.ts'
import { everything, type RobotsRules, robotsRules } from './robots-rules.ts'

export interface Robots {
  /** @throws RequestFailure robots, robots-unreachable; or the signal's reason */
  admit(url: URL, signal: AbortSignal): Promise<void>
}

/** A file that cannot be reached forbids everything for now; the failure says why. */
type Answer = RobotsRules | RequestFailure

const unreachable = (): RequestFailure => refused('robots-unreachable')

/** What fails a connection to the site fails the page as well, and says more. */
const failureOf = (error: unknown): RequestFailure =>
  error instanceof RequestFailure && siteFailures.has(error.reason) ? error : unreachable()

const siteFailures = new Set<RequestFailureReason>([
  'private-address',
  'unknown-host',
  'unreachable',
  'bad-certificate',
])

/** How long an unreachable file counts as such. */
const unreachableMs = 60_000

const readRobots = async (
  origin: string,
  network: Network,
  signal: AbortSignal,
): Promise<Answer> => {
  const limit = { maxBytes: robotsLimit.maxBytes, maxAddress: 2_048, cutsBody: true }
  let url = new URL('/robots.txt', origin)
  for (let redirects = 0; redirects <= robotsLimit.maxRedirects; redirects += 1) {
    const { status, location, body } = await requestPage(url, limit, network, signal).catch(
      (error: unknown) => {
        throw redirects === 0 ? error : unreachable()
      },
    )
    if (status === 200) return robotsRules(origin, body.toString())
    if (location === null) return status >= 500 || status < 200 ? unreachable() : everything
    url = location
  }
  // A redirect without an end is a file that does not exist.
  return everything
}

/** Reads each site's robots.txt once an hour, for all readers of this process together. */
export const createRobots = (network: Network, clock: Clock): Robots => {
  const sites = new Map<string, { until: number; answer: Promise<Answer> }>()

  const ask = (origin: string): Promise<Answer> => {
    const known = sites.get(origin)
    if (known !== undefined && known.until > clock.now()) return known.answer
    // Not with a reader's signal: others wait for the same answer.
    const answer = readRobots(origin, network, AbortSignal.timeout(robotsLimit.deadlineMs)).catch(
      failureOf,
    )
    const site = { until: clock.now() + robotsLimit.keptMs, answer }
    sites.delete(origin)
    sites.set(origin, site)
    for (const oldest of sites.keys()) {
      if (sites.size <= robotsLimit.maxSites) break
      sites.delete(oldest)
    }
    void answer.then((rules) => {
      if (rules instanceof RequestFailure) site.until = clock.now() + unreachableMs
    })
    return answer
  }

  return {
    async admit(url, signal) {
      const rules = await unlessAborted(ask(url.origin), signal)
      if (rules instanceof RequestFailure) throw rules
      if (!rules.allows(url)) throw refused('robots')
    },
  }
}
