import type { Figures, PartFigures } from './figures.ts'
import type { JourneyName } from './journeys.ts'
import { type Mix, mixNames, partsOfMonth } from './month.ts'
import { type Line, totalOf } from './pricing.ts'

/** Lines below this share of a bill are put together, so that a page shows what matters. */
const smallShare = 0.005

/** Money with as many digits as say something. */
export const usd = (amount: number): string => {
  if (amount === 0) return '0'
  if (amount >= 100) return amount.toLocaleString('en-US', { maximumFractionDigits: 0 })
  if (amount >= 1) return amount.toFixed(2)
  return amount >= 0.01 ? amount.toFixed(4) : amount.toFixed(6)
}

export const count = (value: number): string => {
  if (value === 0) return '0'
  if (value >= 1_000) return Math.round(value).toLocaleString('en-US')
  if (value >= 10) return value.toFixed(0)
  return value >= 0.1 ? value.toFixed(1).replace(/\.0$/, '') : value.toPrecision(2)
}

/** Columns of text, those of figures to the right. */
const aligned = (rows: readonly (readonly string[])[], right: readonly number[]): string[] => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  )
  return rows.map((cells) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return right.includes(column) ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd(),
  )
}

const share = (part: number, all: number): string => `${((part / all) * 100).toFixed(1)} %`

/** A bill: what, count, unit, price of a unit, US dollars, share. */
export const billText = (lines: readonly Line[]): string => {
  const total = totalOf(lines)
  const large = lines.filter(({ usd: amount }) => amount >= total * smallShare)
  const small = lines.filter(({ usd: amount }) => amount < total * smallShare)
  const rows = large.map((line) => [
    `${line.what}${line.verified ? '' : ' *'}`,
    count(line.count),
    line.unit,
    line.count === 0 ? '' : unitPrice(line.usd / line.count),
    usd(line.usd),
    share(line.usd, total),
  ])
  const rest = totalOf(small)
  const others =
    small.length === 0
      ? []
      : [[`${small.length} smaller ones`, '', '', '', usd(rest), share(rest, total)]]
  const text = aligned(
    [
      ['what', 'count', 'unit', 'unit price', 'USD', 'share'],
      ...rows,
      ...others,
      ['total', '', '', '', usd(total), ''],
    ],
    [1, 3, 4, 5],
  )
  text.splice(1, 0, '-'.repeat(Math.max(...text.map((line) => line.length))))
  return text.join('\n')
}

/** Small prices are told for a million. */
const unitPrice = (price: number): string =>
  price >= 0.0001 ? usd(price) : `${(price * 1_000_000).toFixed(4).replace(/\.?0+$/, '')}/M`

const titles: Record<JourneyName, string> = {
  session: 'A session: page, socket, opening and closing',
  turn: 'A typed turn',
  voice_turn: 'A spoken turn',
  spoken_answer: 'An answer read aloud',
  run: 'A run',
  media: 'A media package: posters, narration, captions, one film, the ZIP, each downloaded once',
}

const plurals: Record<JourneyName, string> = {
  session: 'sessions',
  turn: 'typed turns',
  voice_turn: 'spoken turns',
  spoken_answer: 'answers read aloud',
  run: 'runs',
  media: 'media packages',
}

const partText = (name: JourneyName, part: PartFigures): string =>
  [`${titles[name]}: ${usd(totalOf(part.bill))} USD`, '', billText(part.bill), ''].join('\n')

const agentsText = (figures: Figures): string => {
  const rows = Object.entries(figures.parts)
    .flatMap(([part, { agents }]) => agents.map((agent) => ({ part, ...agent })))
    .map(({ part, agent, model, calls, inputTokens, outputTokens }) => [
      part.replace('_', ' '),
      agent,
      model,
      count(calls),
      count(inputTokens),
      count(outputTokens),
    ])
  return aligned(
    [['part', 'agent', 'model', 'calls', 'input tokens', 'output tokens'], ...rows],
    [3, 4, 5],
  ).join('\n')
}

/** Factors by which Lambda's time may differ from what this machine measured. */
export const lambdaFactors = [0.5, 1, 2, 4] as const

/** What bills come to when every invocation takes so many times as long. */
export const withLambdaTimes = (lines: readonly Line[], factor: number): number =>
  totalOf(lines) +
  totalOf(lines.filter(({ meter }) => meter === 'lambda_time' || meter === 'lambda_disk')) *
    (factor - 1)

const sensitivityText = (bills: readonly [string, readonly Line[]][]): string =>
  aligned(
    [
      ['Lambda takes', ...lambdaFactors.map((factor) => `x${factor}`)],
      ...bills.map(([name, lines]) => [
        name,
        ...lambdaFactors.map((factor) => usd(withLambdaTimes(lines, factor))),
      ]),
    ],
    [1, 2, 3, 4],
  ).join('\n')

const mixText = (sessions: number, mix: Mix): string => {
  const parts = Object.entries(partsOfMonth(sessions, mix))
  return [
    `Mix: ${mixNames.map((name) => `${name} ${mix[name]}`).join(', ')}`,
    `That is ${parts.map(([name, number]) => `${count(number)} ${plurals[name as JourneyName]}`).join(', ')}.`,
  ].join('\n')
}

export interface MonthText {
  sessions: number
  mix: Mix
  bill: readonly Line[]
}

export const reportText = (figures: Figures, month: MonthText): string => {
  const { parts } = figures
  const named: [string, readonly Line[]][] = [
    ['a typed turn', parts.turn.bill],
    ['a run', parts.run.bill],
    ['a media package', parts.media.bill],
    [`a month of ${count(month.sessions)} sessions`, month.bill],
  ]
  const [first] = month.bill
  const dearest = first ? `${first.what}, ${share(first.usd, totalOf(month.bill))}` : ''
  return [
    ...(Object.entries(parts) as [JourneyName, PartFigures][]).map(([name, part]) =>
      partText(name, part),
    ),
    'What agents asked of the model, about (tokens of the scripted answers’ real sizes):',
    '',
    agentsText(figures),
    '',
    `An idle deployment, in a month: ${usd(totalOf(figures.backgroundBill))} USD`,
    '',
    billText(figures.backgroundBill),
    '',
    `A month of ${count(month.sessions)} sessions: ${usd(totalOf(month.bill))} USD, ${usd(totalOf(month.bill) / month.sessions)} a session`,
    '',
    mixText(month.sessions, month.mix),
    '',
    billText(month.bill),
    '',
    `What dominates: ${dearest}.`,
    '',
    'Lambda’s time is the wall time of each invocation on this machine, waits for the model and open streams included;',
    'its processor is another. What the totals come to when every invocation takes so many times as long:',
    '',
    sensitivityText(named),
    '',
    `Prices: ${figures.prices} and the tables of shared/rules, without free tiers and discounts.`,
    '* A price that was not read at its vendor or in a dated copy of its price list.',
  ].join('\n')
}
