import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { code, fenced, table } from './markdown.ts'

/** A kind of item in the table. */
export interface ItemKind {
  name: string
  pk: string
  sk: string
  /** Where it stands beside the table itself: the index, and while what. */
  also?: string
  /** The operation of a repository that writes it, and what it is read by. */
  written: string
  read: string
}

/** In a key, `<…>` stands for one part or more. */
export const itemKinds: readonly ItemKind[] = [
  {
    name: 'session with its brief, lease and state',
    pk: 'SESSION#<session>',
    sk: 'SESSION',
    also: '`OWNER`; `OPEN` while a turn holds the lease',
    written: '`session-repository` in the transaction of every turn and stage',
    read: 'GetItem, strongly consistent; with its messages in one Query',
  },
  {
    name: 'message',
    pk: 'SESSION#<session>',
    sk: 'MESSAGE#<turn, 6 digits>#<role>',
    written: "`chat-message-repository` in the turn's transaction",
    read: "Query of the session's range, newest first",
  },
  {
    name: 'event of the log',
    pk: 'SESSION#<session>',
    sk: 'EVENT#<seq, 9 digits>',
    written:
      '`event-writer`: put if the next `seq` is free, alone or with the state that it announces; events of one append share an item under the first one’s `seq`',
    read: 'Query from five places before a `seq`; the newest one for the next',
  },
  {
    name: 'socket connection of a session',
    pk: 'SESSION#<session>',
    sk: 'CONNECTION#<connection>',
    written: '`connection-repository` when the socket opens',
    read: "Query of the session's connections, to push",
  },
  {
    name: 'the same connection by its id',
    pk: 'CONNECTION#<connection>',
    sk: 'CONNECTION',
    written: 'the same transaction',
    read: 'GetItem, for each frame',
  },
  {
    name: 'socket ticket',
    pk: 'TICKET#<ticket>',
    sk: 'TICKET',
    written: '`connection-repository`, for a minute',
    read: 'GetItem, once: the transaction that opens the socket deletes it',
  },
  {
    name: 'link that carries a session to another device',
    pk: 'SESSION#<session>',
    sk: 'HANDOFF#<secret>',
    written: '`handoff-repository`, for five minutes',
    read: 'GetItem; its use deletes it',
  },
  {
    name: 'voice turn that waits for its transcript',
    pk: 'SESSION#<session>',
    sk: 'SPEECH#<turn, 6 digits>',
    also: '`OPEN` until it ends',
    written: '`voice-turn-repository`',
    read: 'GetItem; Query of `OPEN` by the sweep',
  },
  {
    name: "idempotency record of a session's route",
    pk: 'SESSION#<session>',
    sk: 'KEY#<principal>#<hash>',
    written: '`clients/idempotency` before and after the request',
    read: 'GetItem',
  },
  {
    name: 'idempotency record of another route; of a caller without a token, under the hash of its secret',
    pk: 'KEY#<principal>',
    sk: 'KEY#<principal>#<hash>',
    written: '`clients/idempotency`',
    read: 'GetItem',
  },
  {
    name: 'what a vendor of media was paid for, with its lease and its counted calls',
    pk: 'SESSION#<session>',
    sk: 'BOUGHT#<digest>',
    written: '`purchase-repository`, before, during and after the call',
    read: 'GetItem',
  },
  {
    name: 'run',
    pk: 'RUN#<run>',
    sk: 'RUN',
    also: '`OWNER`; `OPEN` while not finished, at the time at which its attempt began',
    written:
      '`run-output-repository` in the transaction that changes the session; `given` holds brief, sources and revision, packed',
    read: 'GetItem; with its stages in one Query; Query of `OWNER` (lists) and `OPEN` (sweep)',
  },
  {
    name: 'stage: claim, counted calls and what they used, output, partial; the task token that was handed to a worker ahead',
    pk: 'RUN#<run>',
    sk: 'STAGE#<stage>',
    written:
      '`stage-repository`: claim, heartbeats, counts of calls, finished parts of the creatives, one commit; what agents wrote is packed',
    read: "Query of the run's range",
  },
  {
    name: 'what a run spent and reserved',
    pk: 'RUN#<run>',
    sk: 'SPEND',
    written: '`spend-repository`, before and after each paid call',
    read: "Query of the run's range",
  },
  {
    name: "what a run's research found, for a day",
    pk: 'RUN#<run>',
    sk: 'FINDINGS',
    written: '`search-repository` before the answer is shaped',
    read: 'GetItem, when research is tried again',
  },
  {
    name: 'research made before a run: what it is about as a digest, claim, counted calls, what they used, the run that took it',
    pk: 'SESSION#<session>',
    sk: 'EARLY#<number, 3 digits>',
    written:
      '`early-search-repository`: claim with the session’s count, heartbeats, what was found, one end; with the run that takes it',
    read: "GetItem, by the session's view and while a run waits; Query of all with their findings, by a run in `fast` mode",
  },
  {
    name: 'what such research found, and its findings once they are shaped, for a day',
    pk: 'SESSION#<session>',
    sk: 'EARLYFINDINGS#<number, 3 digits>',
    written: '`early-search-repository` with the search, and with the end of the research; packed',
    read: 'The same Query; GetItem, by a run that has waited for it',
  },
  {
    name: 'asset: what it is made from, claim, files by name, checks, cost',
    pk: 'RUN#<run>',
    sk: 'ASSET#<asset>',
    also: '`OPEN` until it ends',
    written: '`media-asset-repository`',
    read: "GetItem; Query of the run's assets; Query of `OPEN` by the sweep",
  },
  {
    name: 'export: the same for a ZIP of the run',
    pk: 'RUN#<run>',
    sk: 'EXPORT#<export>',
    also: '`OPEN` until it ends',
    written: '`media-asset-repository`',
    read: 'as assets are',
  },
  {
    name: 'job, and how far it is when it makes assets',
    pk: 'JOB#<job>',
    sk: 'JOB',
    also: '`OWNER`',
    written: '`job-repository` with what it follows',
    read: 'GetItem; Query of `OWNER`',
  },
  {
    name: 'what a principal used, spent and reserved on a day (UTC)',
    pk: 'SPEND#<principal>',
    sk: 'DAY#<date>',
    written: '`spend-repository`',
    read: 'GetItem for the cap; Query of the days for `GET /api/usage`',
  },
  {
    name: 'what the deployment spent and reserved on a day',
    pk: 'SPENDDAY#<date>',
    sk: 'DEPLOYMENT',
    written: '`spend-repository`',
    read: 'GetItem for the cap',
  },
  {
    name: 'what is left of each rate of a limit, for a caller, a keyed hash of an address, or all',
    pk: 'LIMIT#<limit>#<scope>#<subject>',
    sk: 'RATES',
    written: '`limit-repository`, one conditional update',
    read: 'the update answers with it',
  },
  {
    name: 'runs in progress of a caller, or of all',
    pk: 'LIMIT#runs_at_once#<scope>#<subject>',
    sk: 'OPEN',
    written: '`open-run-repository`',
    read: 'the update answers with it',
  },
  {
    name: 'durations of past stages, for estimates',
    pk: 'DURATIONS',
    sk: 'MODES',
    written: '`stage-duration-repository` after a run',
    read: 'GetItem',
  },
  {
    name: 'end of a run, job or asset that is still to be announced, with what is told of it',
    pk: 'ENDED#<end>',
    sk: 'ENDED',
    also: '`OPEN` until it is announced',
    written: 'the repositories of runs, jobs and assets, in the transaction that ends one',
    read: 'GetItem by the announcer, which deletes it; Query of `OPEN` by the sweep',
  },
  {
    name: 'webhook: address, health, and the name of its secret',
    pk: 'WEBHOOKS#<principal>',
    sk: 'WEBHOOK#<place>',
    also: '`OPEN` while it fails or is disabled',
    written: '`webhook-repository`, in one of ten places',
    read: "Query of the principal's webhooks, strongly consistent; Query of `OPEN` by `npm run ops`",
  },
  {
    name: 'delivery: an event at a webhook, with its body and its tries',
    pk: 'WEBHOOKS#<principal>',
    sk: 'DELIVERY#<webhook>#<event>',
    also: '`OWNER`; `OPEN` while pending',
    written: '`delivery-repository`, before and after each try',
    read: "GetItem; Query of `OWNER` (the webhook's last) and `OPEN` (sweep)",
  },
]

const pattern = (template: string): RegExp =>
  new RegExp(
    `^${template
      .split(/<[^>]+>/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+')}$`,
  )

/** The kind of an item, by its key: of several that fit, that whose template says most. */
export const kindOf = ({ PK, SK }: { PK: string; SK: string }): ItemKind | undefined =>
  itemKinds
    .filter(({ pk, sk }) => pattern(pk).test(PK) && pattern(sk).test(SK))
    .toSorted((one, other) => other.pk.length + other.sk.length - one.pk.length - one.sk.length)[0]

export const itemExamplesFile = new URL('./item-examples.json', import.meta.url)

/** By the kind's name, one item each as `npm run docs:record` found it in the table. */
export const readItemExamples = (): Record<string, Record<string, unknown>> =>
  z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .parse(JSON.parse(readFileSync(itemExamplesFile, 'utf8')))

const charactersShown = 60

/** A value as a page shows it: long texts by their beginning, long lists by their first entry. */
const shown = (value: unknown): unknown => {
  if (typeof value === 'string' && value.length > charactersShown) {
    return `${value.slice(0, charactersShown - 20)}… (${value.length} characters)`
  }
  if (Array.isArray(value)) {
    const [first, ...rest] = value.map(shown)
    return rest.length === 0 ? value.map(shown) : [first, `… (${rest.length} more)`]
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shown(inner)]))
  }
  return value
}

export const itemTables = {
  items: () =>
    table(
      ['item', 'PK', 'SK', 'index', 'written by', 'read by'],
      itemKinds.map(({ name, pk, sk, also, written, read }) => [
        name,
        code(pk),
        code(sk),
        also ?? '',
        written,
        read,
      ]),
    ),
  'item-examples': () => {
    const examples = readItemExamples()
    return itemKinds.flatMap(({ name }) => [
      `### ${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      '',
      ...fenced('json', JSON.stringify(shown(examples[name]), null, 2)),
      '',
    ])
  },
}
