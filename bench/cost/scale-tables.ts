import { expressPrices } from './aws-prices.ts'
import { breaksOf, peakHour, tokensPerMinute } from './breaks.ts'
import { billsOf, type Figures } from './figures.ts'
import { type JourneyName, journeys } from './journeys.ts'
import { billOfMonth, mixNames, partsOfMonth, usualMix } from './month.ts'
import { totalOf } from './pricing.ts'
import { count, lambdaFactors, usd, withLambdaTimes } from './report.ts'

const row = (...cells: string[]): string => `| ${cells.join(' | ')} |`
const head = (...cells: string[]): string[] => [row(...cells), row(...cells.map(() => '---'))]

const steps = [10_000, 100_000, 1_000_000, 10_000_000]
const mix = usualMix

const monthOf = (figures: Figures, sessions: number) =>
  billOfMonth(billsOf(figures), { sessions, mix, background: figures.background })

const measured = (figures: Figures): string[] => [
  `Metered on ${figures.date.slice(0, 10)} by \`npm run cost -- --save docs/scale-figures.json\`; prices ${figures.prices}. Mix of a session: ${mixNames.map((name) => `${name} ${mix[name]}`).join(', ')}.`,
  '',
  ...head('part', 'USD', 'of it AWS', 'table requests', 'WRU', 'RRU', 'Lambda s', 'pushes'),
  ...journeys.map((name) => {
    const { bill, tableRequests, quantities, lambda, pushes } = figures.parts[name]
    const vendors = /^(model|images|speech|transcription|films)/
    const aws = totalOf(bill.filter(({ meter }) => !vendors.test(meter)))
    return row(
      name.replace('_', ' '),
      usd(totalOf(bill)),
      usd(aws),
      count(tableRequests),
      count(quantities.table_writes ?? 0),
      count(quantities.table_reads ?? 0),
      count(lambda.reduce((sum, each) => sum + each.milliseconds / 1000, 0)),
      count(pushes),
    )
  }),
]

const money = (figures: Figures): string[] => {
  const bills = steps.map((sessions) => monthOf(figures, sessions))
  const meters = bills.at(-1)?.slice(0, 12) ?? []
  return [
    ...head('USD a month', ...steps.map((sessions) => `${count(sessions)} sessions`)),
    ...meters.map(({ meter, what }) =>
      row(what, ...bills.map((bill) => usd(bill.find((line) => line.meter === meter)?.usd ?? 0))),
    ),
    row('everything', ...bills.map((bill) => usd(totalOf(bill)))),
    row('for a session', ...bills.map((bill, index) => usd(totalOf(bill) / (steps[index] ?? 1)))),
    ...lambdaFactors
      .filter((factor) => factor !== 1)
      .map((factor) =>
        row(
          `everything, Lambda x${factor}`,
          ...bills.map((bill) => usd(withLambdaTimes(bill, factor))),
        ),
      ),
  ]
}

const breaks = (figures: Figures): string[] => [
  `The busiest hour has ${peakHour} times the average.`,
  '',
  ...head('breaks at sessions a month', 'cause', 'arithmetic', 'change'),
  ...breaksOf(figures, mix).map(({ sessions, what, arithmetic, change }) =>
    row(count(Number(sessions.toPrecision(2))), what, arithmetic, change),
  ),
]

const heat = (figures: Figures): string[] => [
  ...head(
    'part',
    'partition',
    'writes a second',
    'WCU a second, of 1,000',
    'RCU a second, of 3,000',
  ),
  ...journeys.flatMap((name) =>
    figures.parts[name].partitions
      .filter(({ writesPerSecond }) => writesPerSecond > 0)
      .map((each) =>
        row(
          name.replace('_', ' '),
          `\`${each.partition}#<id>\``,
          count(each.writesPerSecond),
          count(each.writeUnitsPerSecond),
          count(each.readUnitsPerSecond),
        ),
      ),
  ),
]

const shared = (figures: Figures): string[] => {
  const keys = [
    ...new Set(journeys.flatMap((name) => figures.parts[name].shared.map(({ key }) => key))),
  ]
  const cell = (name: JourneyName, key: string): string => {
    const found = figures.parts[name].shared.find((each) => each.key === key)
    return found ? `${count(found.requests)} (${count(found.writeUnits)})` : ''
  }
  return [
    ...head('item', ...journeys.map((name) => name.replace('_', ' '))),
    ...keys.map((key) => row(key, ...journeys.map((name) => cell(name, key)))),
  ]
}

const purposes = (figures: Figures): string[] =>
  (['turn', 'run', 'media'] as const).flatMap((name) => [
    ...(name === 'turn' ? [] : ['']),
    ...head(`${name}: what requests are for`, 'requests', 'WRU', 'RRU'),
    ...figures.parts[name].purposes.map(({ purpose, requests, writeUnits, readUnits }) =>
      row(purpose, count(requests), count(writeUnits), count(readUnits)),
    ),
    row(
      'all',
      count(figures.parts[name].tableRequests),
      count(figures.parts[name].quantities.table_writes ?? 0),
      count(figures.parts[name].quantities.table_reads ?? 0),
    ),
  ])

/** Megabytes that an Express execution is billed at least. */
const expressGigabytes = 64 / 1024

const machines = (figures: Figures): string[] => {
  const standard = figures.parts.run.bill.find(({ meter }) => meter === 'transitions')?.usd ?? 0
  const express = (seconds: number): number =>
    expressPrices.request.usd + seconds * expressGigabytes * expressPrices.gigabyteSecond.usd
  const runs = partsOfMonth(10_000_000, mix).run
  const lengths = [figures.parts.run.seconds, 60, 300]
  return [
    ...head('execution', 'USD a run', `USD a month of ${count(runs)} runs`),
    row(`Standard, ${figures.transitionsOfRun} transitions`, usd(standard), usd(standard * runs)),
    ...lengths.map((seconds) =>
      row(`Express, ${count(seconds)} s`, usd(express(seconds)), usd(express(seconds) * runs)),
    ),
  ]
}

const tokens = (figures: Figures): string[] => {
  const models = [...tokensPerMinute(figures, mix, 1).keys()]
  return [
    ...head(
      'tokens in the busiest minute',
      ...steps.map((sessions) => `${count(sessions)} sessions`),
    ),
    ...models.map((model) =>
      row(
        model,
        ...steps.map((sessions) => count(tokensPerMinute(figures, mix, sessions).get(model) ?? 0)),
      ),
    ),
  ]
}

const tables = { measured, money, breaks, heat, shared, purposes, machines, tokens }

/** The tables of docs/scale.md by name, from the figures of a cost run. */
export const scaleTables = (figures: Figures): Record<string, () => string[]> =>
  Object.fromEntries(Object.entries(tables).map(([name, lines]) => [name, () => lines(figures)]))
