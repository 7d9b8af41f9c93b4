import { expect, test } from 'vitest'
import type { ModelMark } from '../../../bench/model-main.ts'
import { figureRows, type PeerResults, targetsOf } from '../../../bench/peers/peer-results.ts'
import { textOfCustomEvents } from '../../../bench/peers/streams.ts'
import { peersPicture } from '../../../bench/peers-picture.ts'
import { targetsPicture } from '../../../bench/picture.ts'
import { beginResults } from '../../../bench/results.ts'
import { criticalPathOf, gapsOf } from '../../../bench/stages.ts'
import {
  aimedAt,
  atMost,
  hasFailed,
  headline,
  largestRowOf,
  roundsRowOf,
  rowOf,
  verdictOf,
} from '../../../bench/statistics.ts'

const call = (asker: string, receivedAt: number, completedAt: number): ModelMark =>
  ({ asker, receivedAt, completedAt }) as ModelMark

/** Three calls of one stage side by side, and a fourth stage behind the shortest of them. */
const parallel = [
  call('search', 0, 100),
  call('research', 110, 200),
  call('strategy', 250, 350),
  call('creative', 360, 400),
  call('creative_repair', 361, 500),
  call('voice', 405, 600),
]

test('the critical path is the longest chain of calls that waited for each other', () => {
  // search, research, strategy, the creative call that ended at 400, voice
  expect(criticalPathOf(parallel)).toBe(100 + 90 + 100 + 40 + 195)
  expect(criticalPathOf(parallel.slice(0, 2))).toBe(190)
})

test('a gap lies between two stages: calls of one stage have none, nor has what overlaps', () => {
  expect(gapsOf(parallel)).toEqual([50, 10, 11, 5])
})

test('what is begun with a positioning is behind that, and not behind the whole strategy', () => {
  const calls = [
    call('research', 0, 100),
    { ...call('strategy', 110, 300), positionedAt: 200 },
    call('creative_film', 204, 320),
    call('voice', 330, 400),
  ]
  expect(criticalPathOf(calls)).toBe(100 + 90 + 116 + 70)
  expect(gapsOf(calls)).toEqual([10, 4, 10])
})

const rounds = { medians: [2, 3, 2.5], n: 75, restless: 0 }

test('a missed target stays missed, and its spread is that of the rounds', () => {
  const row = roundsRowOf('a turn', rounds, '×', atMost(2, '×'))
  expect(row).toMatchObject({ median: 2.5, spread: [2, 3], passed: false, target: '≤ 2 ×' })
  expect(largestRowOf('sizes', [1, 9], 'KB', atMost(5, 'KB')).passed).toBe(false)
})

test('a target that is out of reach is missed, and fails where the figure is beyond what it is held to', () => {
  const limit = aimedAt(atMost(2, '×'), atMost(3, '×'))
  const rows = [1.5, 2.5, 3.5].map((value) => rowOf('a turn', [value], '×', limit))
  expect(rows.map(({ passed }) => passed)).toEqual([true, false, false])
  expect(rows.map(hasFailed)).toEqual([false, false, true])
  expect(rows.map(verdictOf)).toEqual(['pass', 'missed, held to ≤ 3 ×', 'FAIL'])
  expect(hasFailed(rowOf('a turn', [2.5], '×', atMost(2, '×')))).toBe(true)
})

test('the picture has a line for each figure with a target, and says which are missed', () => {
  const results = {
    ...beginResults(true, { rounds: 3, size: 25, warmUps: 1 }),
    rows: [
      headline('a `turn` & more', roundsRowOf('a turn', rounds, '×', atMost(2, '×'))),
      headline('stalls', roundsRowOf('stalls', { ...rounds, medians: [0] }, '', atMost(0, ''))),
      roundsRowOf('not in the README', rounds, 'ms', atMost(2, 'ms')),
    ].map((row) => ({ part: 'turns', ...row })),
  }
  const picture = targetsPicture(results)
  expect(picture.match(/<circle/g)).toHaveLength(2)
  expect(picture).toContain('a turn &amp; more')
  expect(picture).toContain('2.50 ×  (≤ 2 ×)')
  expect(picture).not.toContain('NaN')
})

test("a peer's text is taken from its events", () => {
  const stream =
    'event: metadata\ndata: {"run_id":"1"}\n\nevent: custom\ndata: "손에 \\"닿는\\""\n\nevent: custom\ndata: " 느낌"\n\nevent: custom\ndata: "cut'
  expect(textOfCustomEvents(stream)).toBe('손에 "닿는" 느낌')
})

const value = (median: number) => ({ median, spread: [median, median] as [number, number] })
const about = { title: 'A peer & more', version: '1', cannot: [] }
const peerResults: PeerResults = {
  ...beginResults(true, { rounds: 3, size: 5, warmUps: 1 }),
  peers: [
    { ...about, name: 'bare', durable: false },
    { ...about, name: 'slow', durable: true },
    { ...about, name: 'best', durable: true },
    { ...about, name: 'absent', durable: true },
  ],
  missing: { absent: 'It does not start.' },
  figures: [
    {
      ...{ measure: 'good turns a second, 50 at once', unit: '/s', better: 'more', restless: 0 },
      values: { studio: value(15), bare: value(100), slow: value(2), best: value(10) },
    },
  ],
  crashes: [
    {
      ...{ contestant: 'studio', servingAfter: 1, finished: true, calls: 5 },
      ...{ seen: 100, lost: 3, duplicate: 0, note: '' },
    },
  ],
}

test('goodput is judged beside the best durable peer, and a kill by what it lost', () => {
  const rows = targetsOf(peerResults)
  expect(rows.map(({ median, passed }) => [median, passed])).toEqual([
    [1.5, false],
    [3, false],
    [0, true],
    [0, true],
  ])
})

test('the table of peers leaves out what was not measured, and the picture draws the rest', () => {
  const [head, goodput] = figureRows(peerResults)
  expect(head).toHaveLength(1 + 2 + 3)
  expect(goodput).toEqual([
    'good turns a second, 50 at once',
    ...['-', '15.0 /s', '100 /s', '2.0 /s', '10.0 /s'],
  ])
  const picture = peersPicture(peerResults)
  expect(picture.match(/<rect [^>]*rx="2"/g)).toHaveLength(4)
  expect(picture).not.toContain('NaN')
})
