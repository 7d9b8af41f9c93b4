import { mediaWorkersOf, stageWorkersOf, throttleOf } from '../../shared/rules/capacity.ts'
import { defaultLimits, type LimitName } from '../../shared/rules/limits.ts'
import type { Figures, PartFigures } from './figures.ts'
import type { JourneyName } from './journeys.ts'
import { type Mix, partsOfMonth, pingSeconds } from './month.ts'
import { accountConcurrency, quotas } from './quotas.ts'

/** What gives way at how many sessions a month, and what is changed then. */
export interface Break {
  sessions: number
  what: string
  /** The load of one session that meets it, and the most that is allowed. */
  arithmetic: string
  change: string
}

const secondsOfMonth = 2_628_000
const hoursOfMonth = 730
const daysOfMonth = 30.4

/** The busiest hour of a month against its average, and the busiest day: an assumption. */
export const peakHour = 4
const peakDay = 1.5

/** What every part of a session adds to, weighted by the mix. */
const perSession = (
  { parts }: Figures,
  mix: Mix,
  of: (part: PartFigures, name: JourneyName) => number,
): number =>
  (Object.entries(partsOfMonth(1, mix)) as [JourneyName, number][]).reduce(
    (sum, [name, factor]) => sum + factor * of(parts[name], name),
    0,
  )

/** Sessions a month whose busiest hour just stays below a rate. */
export const sessionsAt = (perSecond: number, unitsOfSession: number): number =>
  (perSecond * secondsOfMonth) / peakHour / unitsOfSession

const digits = (value: number): string =>
  value >= 10 ? value.toFixed(0) : Number(value.toPrecision(2)).toString()

const atRate = (
  what: string,
  { perSecond, unit }: { perSecond: number; unit: string },
  units: number,
  change: string,
): Break => ({
  what,
  sessions: sessionsAt(perSecond, units),
  arithmetic: `${digits(units)} ${unit} a session, ${perSecond.toLocaleString('en-US')} a second`,
  change,
})

const deploymentRate = (name: LimitName): { max: number; seconds: number } => {
  const scopes: Partial<Record<string, readonly { max: number; seconds: number }[]>> =
    defaultLimits.rates[name]
  const [rate] = scopes.deployment ?? []
  if (!rate) throw new Error(`${name} has no limit of the deployment.`)
  return rate
}

/** Our own limits of the whole deployment, which are there to be raised. */
const ownLimits = (mix: Mix): Break[] => {
  const units: [LimitName, number][] = [
    ['principals', 1],
    ['sessions', 1],
    ['turns', mix.turns + mix.voice],
    ['runs', mix.runs],
    // Posters, narration, captions and a film.
    ['assets', mix.runs * mix.media * 4],
  ]
  return units.map(([name, ofSession]) => {
    const { max, seconds } = deploymentRate(name)
    const isDay = seconds >= 86_400
    const spans = isDay ? daysOfMonth / peakDay : hoursOfMonth / peakHour
    return {
      what: `our own limit \`${name}.deployment\``,
      sessions: (max * spans * (isDay ? 86_400 : 3_600)) / seconds / ofSession,
      arithmetic: `${digits(ofSession)} a session, ${max.toLocaleString('en-US')} in ${isDay ? 'a day' : 'an hour'}`,
      change: `raise it by \`LIMITS\`; it guards the bill, nothing in the design needs it`,
    }
  })
}

const sharedOf = (figures: Figures, mix: Mix, key: string, of: 'requests' | 'writeUnits'): number =>
  perSession(figures, mix, (part) => part.shared.find((each) => each.key === key)?.[of] ?? 0)

/** Reservations and settlements of a media package's purchases, whose prices the scripted vendors do not have. */
const dayWritesOfMedia = 6

const tableBreaks = (figures: Figures, mix: Mix): Break[] => {
  const ofMedia = dayWritesOfMedia * mix.runs * mix.media
  // Turns and stages write it by single updates, what is bought for media in transactions.
  const onDay = sharedOf(figures, mix, 'spending: the deployment’s day', 'writeUnits') + 2 * ofMedia
  const turn = figures.parts.turn.shared.find(({ key }) => key.startsWith('limits: one counter'))
  // Counters of several limits are several items; that of turns is written most.
  const onLimit = (turn?.writeUnits ?? 0) * (mix.turns + mix.voice)
  const onDurations = sharedOf(figures, mix, 'durations of stages', 'writeUnits')
  const { partitionWrites, transactionsOnOneItem, tableWrites } = quotas
  return [
    atRate(
      'the deployment’s day of spending, one item',
      { ...partitionWrites, unit: 'WRU' },
      onDay,
      'split it into shards by a hash of the principal, each with its part of the cap; until then calls wait and try again. `SPEND_CAP_DEPLOYMENT_DAY_USD` becomes less exact by one shard’s part',
    ),
    atRate(
      'the same item, in transactions of media',
      { ...transactionsOnOneItem, unit: 'transactions' },
      ofMedia,
      'the same',
    ),
    atRate(
      'the counter of `turns.deployment`, one item',
      { ...partitionWrites, unit: 'WRU' },
      onLimit,
      'switch that scope off (`LIMITS=turns.deployment=off`) once limits by principal, by address and the caps carry, or shard it as above',
    ),
    atRate(
      'how long stages take, one item',
      { ...partitionWrites, unit: 'WRU' },
      onDurations,
      'record one run in a hundred: it is an estimate',
    ),
    // An entry is put with the lease and taken out with the commit.
    atRate(
      'the index of open work: all turns are in one of its partitions',
      { ...partitionWrites, unit: 'WRU' },
      3 * (mix.turns + mix.voice),
      'append a digit of the session’s id to the partition’s name; the sweeper then asks ten',
    ),
    atRate(
      'the table’s own quota of writes',
      { ...tableWrites, unit: 'WRU' },
      perSession(figures, mix, ({ quantities }) => quantities.table_writes ?? 0),
      'a quota to be raised; warm throughput before a launch',
    ),
  ]
}

/** Seconds for which a session keeps a function busy. */
const busySeconds = (figures: Figures, mix: Mix, by: (name: string) => boolean): number =>
  perSession(figures, mix, ({ lambda }) =>
    lambda.filter((each) => by(each.by)).reduce((sum, each) => sum + each.milliseconds / 1000, 0),
  )

const computeBreaks = (figures: Figures, mix: Mix): Break[] => {
  const stages = busySeconds(figures, mix, (by) => by === 'StageWorker')
  const media = busySeconds(figures, mix, (by) => by === 'MediaWorker')
  const all = busySeconds(figures, mix, () => true)
  const { rateLimit } = throttleOf(accountConcurrency, 'model')
  const raise =
    'raise Lambda’s quota `L-B99A9384`, deploy with `LAMBDA_CONCURRENCY`; 10,000 and more are usual'
  return [
    atRate(
      'a new account’s ten executions',
      { perSecond: 10, unit: 'seconds of Lambda' },
      all,
      raise,
    ),
    atRate(
      'stages at once with a quota of 1,000',
      { perSecond: stageWorkersOf(accountConcurrency), unit: 'seconds of stages' },
      stages,
      raise,
    ),
    atRate(
      'media workers at once with a quota of 1,000',
      { perSecond: mediaWorkersOf(accountConcurrency), unit: 'seconds of media' },
      media,
      'packages then wait in their queue; raise the quota, or the share of media in `shared/rules/capacity.ts`',
    ),
    atRate(
      'executions in all with a quota of 1,000',
      { perSecond: accountConcurrency, unit: 'seconds of Lambda' },
      all,
      raise,
    ),
    atRate(
      'the gateway’s throttle of turns, which follows that quota',
      { perSecond: rateLimit, unit: 'turns' },
      mix.turns,
      `follows \`LAMBDA_CONCURRENCY\`, up to 200 a second; beyond it \`shared/rules/capacity.ts\``,
    ),
  ]
}

const deliveryBreaks = (figures: Figures, mix: Mix): Break[] => {
  const frames = (mix.minutes * 60) / pingSeconds
  const gateway = perSession(
    figures,
    mix,
    ({ quantities }) => (quantities.http_requests ?? 0) + (quantities.socket_messages ?? 0),
  )
  const { newSockets, gatewayRequests, startExecution, transitions, taskCallbacks } = quotas
  const more = 'a quota to be raised'
  return [
    atRate(
      'API Gateway’s requests of an account, pushes among them',
      { ...gatewayRequests, unit: 'requests' },
      gateway + 2 * frames,
      `${more}; fewer pushes by larger windows of the coalescer`,
    ),
    atRate('new sockets', { ...newSockets, unit: 'connections' }, 1.2, more),
    atRate(
      'Step Functions, StartExecution',
      { ...startExecution, unit: 'executions' },
      mix.runs,
      more,
    ),
    atRate(
      'Step Functions, transitions',
      { ...transitions, unit: 'transitions' },
      mix.runs * figures.transitionsOfRun,
      more,
    ),
    atRate(
      'Step Functions, heartbeats of tasks',
      { ...taskCallbacks, unit: 'heartbeats' },
      mix.runs * heartbeatsOfRun,
      `${more}; a longer \`HeartbeatSeconds\``,
    ),
  ]
}

/** As metered: one each two to three seconds of a stage. */
const heartbeatsOfRun = 7

/** Everything that gives way, the first one first. */
export const breaksOf = (figures: Figures, mix: Mix): Break[] =>
  [
    ...ownLimits(mix),
    ...tableBreaks(figures, mix),
    ...computeBreaks(figures, mix),
    ...deliveryBreaks(figures, mix),
  ].sort((one, other) => one.sessions - other.sessions)

/** Tokens that the vendor's limits see in the busiest minute, by model. */
export const tokensPerMinute = (
  figures: Figures,
  mix: Mix,
  sessions: number,
): Map<string, number> => {
  const minutes = secondsOfMonth / 60
  const sums = new Map<string, number>()
  for (const [name, factor] of Object.entries(partsOfMonth(sessions, mix)) as [
    JourneyName,
    number,
  ][]) {
    for (const { model, inputTokens, outputTokens } of figures.parts[name].agents) {
      const tokens = (factor * (inputTokens + outputTokens) * peakHour) / minutes
      sums.set(model, (sums.get(model) ?? 0) + tokens)
    }
  }
  return sums
}
