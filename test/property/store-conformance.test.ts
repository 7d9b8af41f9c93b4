import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ConditionFailed,
  createStore,
  type Item,
  type Key,
  pagesOf,
  type Range,
  type Store,
  type Write,
} from '../../shared/clients/store.ts'
import type { Clock } from '../../shared/platform/clock.ts'
import { hasJava } from '../support/aws/java.ts'
import { startTableEngine, type TableEngine } from '../support/aws/table-engine.ts'
import { holds, propertyLimit } from '../support/limits/properties.ts'
import { isFullLength } from '../support/limits/run-length.ts'
import { createMemoryTable } from '../support/simulation/memory-table.ts'
import { createSimulatedStore } from '../support/simulation/simulated-store.ts'

/** A point in time between the two values that `ttl` takes. */
const clock: Clock = { now: () => 1_000_000 }

const key: fc.Arbitrary<Key> = fc.record({
  PK: fc.constantFrom('A', 'B'),
  SK: fc.constantFrom('EVENT#000000001', 'EVENT#000000002', 'SESSION', 'MESSAGE#000001#나'),
})
const scalar = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('a', 'b', '가'))
const value = fc.oneof(
  scalar,
  fc.constantFrom([1, 'a'], { deep: { list: [true, null] } }, Uint8Array.of(1, 0, 255)),
)
const names = ['state', 'calls', 'token'] as const
const attributes = fc
  .record(
    { state: value, calls: fc.integer({ min: 0, max: 3 }), token: scalar },
    { requiredKeys: [] },
  )
  .chain((fields) =>
    fc
      .record(
        {
          ttl: fc.constantFrom(999, 1000, 1001),
          OWNER: fc.constantFrom('user_1', 'user_2'),
          OPEN: fc.constant('RUN'),
        },
        { requiredKeys: [] },
      )
      .map((more) => ({ ...fields, ...more })),
  )

const comparison = fc
  .record({
    name: fc.constantFrom(...names),
    form: fc.constantFrom('=', '<', '<>', 'exists', 'not exists'),
    value: scalar,
  })
  .map(({ name, form, value: compared }) =>
    form === 'exists'
      ? { expression: `attribute_exists(#${name})`, values: [] }
      : form === 'not exists'
        ? { expression: `attribute_not_exists(#${name})`, values: [] }
        : {
            // Of what is not there nothing is said.
            expression: `${form === '<>' ? `attribute_exists(#${name}) AND ` : ''}#${name} ${form} :v`,
            values: [compared],
          },
  )
const { condition } = fc.letrec<{ condition: { expression: string; values: unknown[] } }>(
  (tie) => ({
    condition: fc.oneof(
      { maxDepth: 3 },
      comparison,
      fc
        .tuple(tie('condition'), fc.constantFrom('AND', 'OR'), tie('condition'))
        .map(([left, operator, right]) => ({
          expression: `${left.expression} ${operator} (${right.expression})`,
          values: [...left.values, ...right.values],
        })),
    ),
  }),
)
/** Each `:v` becomes a value of its own. */
const numbered = condition.map(({ expression, values }) => {
  let position = 0
  return {
    expression: expression.replaceAll(':v', () => `:v${position++}`),
    ...(values.length > 0
      ? { values: Object.fromEntries(values.map((each, index) => [`:v${index}`, each])) }
      : {}),
  }
})
const conditional = fc.option(numbered, { nil: undefined, freq: 2 })

const write: fc.Arbitrary<Write> = fc
  .tuple(
    conditional,
    fc.oneof(
      fc.tuple(key, attributes).map(([place, fields]) => {
        // An index holds an item that has both of its keys.
        const indexed = {
          ...(fields.OWNER ? { OWNER_SK: `${place.SK}#${place.PK}` } : {}),
          ...(fields.OPEN ? { OPEN_SK: `${place.SK}#${place.PK}` } : {}),
        }
        return { put: { ...place, ...fields, ...indexed } as Item }
      }),
      fc
        .record({
          update: key,
          set: fc.dictionary(fc.constantFrom('state', 'kept'), value, { maxKeys: 2 }),
          clear: fc.subarray(['token', 'OPEN', 'none']),
          count: fc.constantFrom('calls', undefined),
          add: fc.dictionary(fc.constantFrom('tokens', 'words'), fc.integer(), { maxKeys: 2 }),
        })
        .filter(({ set, clear, count, add }) => {
          const named = [...Object.keys(set), ...clear, ...Object.keys(add)]
          return named.length > 0 || count !== undefined
        })
        .map(({ count, ...update }) => ({ ...update, ...(count ? { count } : {}) })),
      key.map((remove) => ({ remove })),
    ),
  )
  .map(([held, made]) => (held ? { ...made, condition: held } : made))

const placeOf = (each: Write): string => {
  const { PK, SK } = 'put' in each ? each.put : 'remove' in each ? each.remove : each.update
  return `${PK} ${SK}`
}
const range: fc.Arbitrary<Range> = fc
  .record({
    pk: fc.constantFrom('A', 'B'),
    bounds: fc.constantFrom(
      ['!', '\uffff'],
      ['EVENT#000000002', 'MESSAGE#\uffff'],
      ['SESSION', 'SESSION'],
    ),
    newestFirst: fc.boolean(),
    limit: fc.constantFrom(undefined, 1, 2, 500),
    index: fc.constantFrom(undefined, 'OWNER', 'OPEN'),
  })
  .map(({ pk, bounds, newestFirst, limit, index }) => ({
    pk: index === undefined ? pk : index === 'OPEN' ? 'RUN' : 'user_1',
    from: bounds[0] ?? '',
    to: bounds[1] ?? '',
    newestFirst,
    ...(limit === undefined ? {} : { limit }),
    ...(index === undefined
      ? {}
      : { index: { name: index, partition: index, sort: `${index}_SK` } }),
  }))

const operation = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .uniqueArray(write, { minLength: 1, maxLength: 4, selector: placeOf })
      .map((writes) => ({ writes })),
  },
  { weight: 2, arbitrary: key.map((read) => ({ read })) },
  { weight: 3, arbitrary: range.map((query) => ({ query })) },
  {
    weight: 1,
    arbitrary: fc
      .uniqueArray(key, { minLength: 1, maxLength: 3, selector: ({ PK, SK }) => `${PK} ${SK}` })
      .map((erased) => ({ erased })),
  },
)
type Operation = typeof operation extends fc.Arbitrary<infer O> ? O : never

/** What a caller of the store gets to see of one operation. */
const outcome = async (store: Store, asked: Operation): Promise<unknown> => {
  if ('read' in asked) return store.get(asked.read)
  if ('erased' in asked) return store.erase(asked.erased)
  if ('query' in asked) {
    const { limit, ...range } = asked.query
    const pages: Item[][] = []
    const paging = limit === undefined ? {} : { pageSize: limit }
    for await (const { items } of pagesOf(store, range, paging)) {
      if (items.length > 0) pages.push(items)
    }
    return pages
  }
  try {
    await store.write(asked.writes)
    return 'written'
  } catch (error) {
    if (error instanceof ConditionFailed) return error.failed
    throw error
  }
}

const everything: Key[] = ['A', 'B'].flatMap((PK) =>
  ['EVENT#000000001', 'EVENT#000000002', 'SESSION', 'MESSAGE#000001#나'].map((SK) => ({ PK, SK })),
)

/** The embedded engine, and where there is a Java Amazon's own. */
const engines = [
  'dynoxide',
  ...(isFullLength && hasJava ? ['dynamodb-local' as const] : []),
] as const

/** The first time Amazon's is installed. */
const startLimit = 300_000

describe.each(engines)('against %s', (name) => {
  let engine: TableEngine
  beforeAll(async () => {
    engine = await startTableEngine(name)
  }, startLimit)
  afterAll(() => engine.stop())

  it('the table in memory answers as the DynamoDB engine does, whatever is asked in whatever order', {
    timeout: propertyLimit(),
  }, async () => {
    const real = createStore(engine.table, engine.tableName, clock)
    await holds(
      fc.asyncProperty(fc.array(operation, { minLength: 4, maxLength: 12 }), async (operations) => {
        await real.erase(everything)
        const memory = createSimulatedStore(createMemoryTable(), clock)
        for (const asked of operations) {
          expect(await outcome(memory, asked)).toEqual(await outcome(real, asked))
        }
      }),
      { short: 50, full: 150 },
    )
  })

  it.each([
    ['two writes on one item', [{ remove: { PK: 'A', SK: 'X' } }, { put: { PK: 'A', SK: 'X' } }]],
    ['an update of nothing', [{ update: { PK: 'A', SK: 'X' } }]],
    ['paths that overlap', [{ update: { PK: 'A', SK: 'X' }, set: { a: 1 }, clear: ['a'] }]],
    [
      'a condition without its value',
      [{ remove: { PK: 'A', SK: 'X' }, condition: { expression: '#PK = :v' } }],
    ],
  ] satisfies [string, Write[]][])('refuses, as the engine does, %s', async (_, writes) => {
    for (const store of [
      createStore(engine.table, engine.tableName, clock),
      createSimulatedStore(createMemoryTable(), clock),
    ]) {
      const refused = await store.write(writes).catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(Error)
      expect(refused).not.toBeInstanceOf(ConditionFailed)
    }
  })
})
