import type { StudioEvent } from '../../../shared/contracts/events.ts'
import type { RunView } from '../../../shared/contracts/runs.ts'
import { isRunning } from '../../../shared/rules/session-state.ts'
import { checkAssets } from './asset-checks.ts'
import type { RunStory, Story } from './client-run.ts'
import type { Said } from './script.ts'
import type { Violation } from './violation.ts'

/** Calls of the model that one attempt at a stage may make, for each of the answers that it begins with. */
const maxCalls = 3
/** The stages that ask the model, with the one before, and how many answers each begins with. */
const askers = [
  { stage: 'research', before: undefined, answers: 1 },
  { stage: 'strategy', before: 'research', answers: 1 },
  { stage: 'creative', before: 'strategy', answers: 3 },
  { stage: 'voice', before: 'creative', answers: 1 },
] as const
const planned = 2

const texts = (events: readonly StudioEvent[]): string[] =>
  events.map((event) => JSON.stringify(event))

/** Every string in a value, however deep. */
const leaves = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(leaves)
}

const repeatedIn = (keys: readonly string[]): string[] =>
  keys.filter((key, index) => keys.indexOf(key) !== index)

const logChecks = ({ log, earlierLog, assembly }: Story): Violation[] => {
  const found: Violation[] = []
  const wrong = log.find(({ seq }, index) => seq !== index + 1)
  if (wrong) found.push({ kind: 'gap', what: `seq ${wrong.seq} is not where it belongs` })
  const now = texts(log)
  const before = texts(earlierLog)
  if (before.some((text, index) => text !== now[index])) {
    found.push({ kind: 'changed', what: 'two reads of the log differ' })
  }
  const assembled = assembly.texts()
  if (assembled.length < before.length || assembled.some((text, index) => text !== now[index])) {
    found.push({
      kind: 'lost',
      what: `a client has ${assembled.length} of ${before.length} events`,
    })
  }
  if (assembly.misplaced.length > 0) {
    found.push({
      kind: 'duplicated',
      what: `a client got these events twice or out of order: ${assembly.misplaced}`,
    })
  }
  return found
}

/** A turn that began has one end, and one only. */
const turnChecks = ({ log, messages }: Story): Violation[] =>
  log
    .flatMap((event) => (event.type === 'turn.started' ? [event.data.turn] : []))
    .flatMap((turn): Violation[] => {
      const ends = log.filter(
        ({ type, data }) =>
          (type === 'turn.completed' || type === 'error') && 'turn' in data && data.turn === turn,
      )
      if (ends.length === 0) return [{ kind: 'stuck', what: `turn ${turn} has no end` }]
      if (ends.length > 1) return [{ kind: 'duplicated', what: `turn ${turn} ended twice` }]
      const replies = messages.filter((it) => it.turn === turn && it.author === 'planner').length
      const expected = ends[0]?.type === 'turn.completed' ? 1 : 0
      return replies === expected
        ? []
        : [{ kind: 'lost', what: `turn ${turn} has ${replies} replies, not ${expected}` }]
    })

/** A message that names itself is answered once, however often it is sent. */
const nameChecks = ({ messages }: Story): Violation[] => {
  const answered = messages.flatMap(({ client_message_id: name, turn }) =>
    name && messages.some((it) => it.turn === turn && it.author === 'planner') ? [name] : [],
  )
  return repeatedIn(answered).map((name) => ({
    kind: 'duplicated',
    what: `the message ${name} was answered twice`,
  }))
}

/** What a client was answered is in the conversation, word for word. */
const talkChecks = ({ talked, messages }: Story): Violation[] =>
  talked.flatMap(({ turn, text }): Violation[] => {
    const stored = messages.find((it) => it.turn === turn && it.author === 'planner')
    return stored?.text === text
      ? []
      : [{ kind: 'lost', what: `turn ${turn} was answered and is not in the conversation` }]
  })

const outputsOf = (view: RunView) => ({
  research: view.research_snapshot,
  strategy: view.strategy_plan,
  creative: view.creative_assets,
  voice: view.voice_assets,
})

const runChecks = ({ log }: Story, run: RunStory): Violation[] => {
  const { runId, end, view, atFailure } = run
  if (end === undefined || !view) {
    const where = `${view?.state}, attempt ${view?.attempt}, since ${view?.updated_at}`
    return [{ kind: 'stuck', what: `${runId} did not end: ${where}` }]
  }
  const found: Violation[] = []
  const own = log.filter(({ run_id }) => run_id === runId)
  const changes = own.flatMap((event) => (event.type === 'stage.changed' ? [event.data] : []))
  const starts = changes.filter(({ from, to }) => !isRunning(from) && isRunning(to)).length
  if (starts !== view.attempt) {
    found.push({ kind: 'duplicated', what: `${runId} began ${starts} times, not ${view.attempt}` })
  }
  const steps = changes.flatMap(({ from, to, stage }) =>
    isRunning(from) && to !== 'FAILED' ? [`${from} -> ${to} ${stage ?? ''}`] : [],
  )
  for (const step of repeatedIn(steps)) {
    found.push({ kind: 'duplicated', what: `${runId} went ${step} twice` })
  }
  const completed = own.filter(({ type }) => type === 'run.completed').length
  if (completed !== (end === 'DONE' ? 1 : 0)) {
    found.push({ kind: 'duplicated', what: `${runId} is ${end} and completed ${completed} times` })
  }
  const failedAttempts = view.attempt - 1 + (end === 'FAILED' ? 1 : 0)
  const errors = own.filter(({ type }) => type === 'error').length
  if (errors !== failedAttempts) {
    found.push({ kind: 'error', what: `${runId}: ${errors} errors of ${failedAttempts} failures` })
  }
  const outputs = outputsOf(view)
  const finished = Object.entries(outputs).filter(([, output]) => output !== null).length
  if (end === 'DONE' && finished < 4) {
    found.push({ kind: 'lost', what: `${runId} is DONE with ${finished} of 4 outputs` })
  }
  for (const [stage, output] of atFailure ? Object.entries(outputsOf(atFailure)) : []) {
    const now = outputs[stage as keyof typeof outputs]
    if (output !== null && JSON.stringify(output) !== JSON.stringify(now)) {
      found.push({ kind: 'changed', what: `${runId}: ${stage} was finished and is another now` })
    }
  }
  return found
}

const callChecks = (story: Story, said: readonly Said[]): Violation[] => {
  // A client that does not learn that its run has failed may have asked for another.
  const { runs } = story
  const attempts = runs.reduce((sum, { view }) => sum + (view?.attempt ?? 1), 0)
  const before = Math.min(...runs.flatMap(({ resumedAt }) => resumedAt))
  const callsOf = (stage: string): readonly Said[] =>
    said.filter(({ asker }) => asker === stage || (stage === 'research' && asker === 'search'))
  const found = askers.flatMap(({ stage, before: earlier, answers }): Violation[] => {
    const calls = callsOf(stage)
    const first = calls.filter(({ at }) => at < before).length
    // Calls that were made beside the commit of the stage before, and it failed, are none of the stage's.
    const beside = earlier === undefined ? [] : callsOf(earlier)
    const firstBeside = beside.filter(({ at }) => at < before).length
    const isTooMany =
      first > answers * (maxCalls * runs.length + firstBeside) ||
      calls.length > answers * (maxCalls * attempts + beside.length)
    return isTooMany
      ? [{ kind: 'overcalled', what: `${stage}: ${first} calls, and ${calls.length} in all` }]
      : []
  })
  const turns = story.log.filter(({ type }) => type === 'turn.started').length
  const calls = said.filter(({ asker }) => asker === 'planner').length
  // A call whose turn did not get the lease is none of the session's.
  return calls > turns * planned
    ? [...found, { kind: 'overcalled', what: `planner: ${calls} calls in ${turns} turns` }]
    : found
}

/** The strings that a model wrote: of evidence, we state the facts of its page ourselves. */
const authoredLeaves = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return leaves(value)
  if (!('verified' in value)) return Object.values(value).flatMap(authoredLeaves)
  const { id, source, quote } = value as Partial<Record<string, unknown>>
  return leaves([id, source, quote])
}

/** What was shown or stored was said by the model, and each output is one answer's. */
const wordChecks = (story: Story, said: readonly Said[]): Violation[] => {
  const words = new Set(said.flatMap(({ value }) => leaves(value)))
  const invented = (where: string, value: unknown): Violation[] =>
    authoredLeaves(value)
      .filter((text) => !words.has(text))
      .map((text) => ({ kind: 'invented', what: `${where}: ${text.slice(0, 80)}` }))
  const views = story.runs.flatMap(({ view }) => (view ? [view] : []))
  const outputs = views.flatMap((view) => Object.entries(outputsOf(view)))
  const shown = story.log.flatMap((event) =>
    event.type.endsWith('.delta') && 'item' in event.data ? [event.data.item] : [],
  )
  const replies = story.messages.filter(({ author }) => author === 'planner')
  return [
    ...outputs.flatMap(([stage, output]) => invented(stage, output)),
    ...outputs.flatMap(([stage, output]): Violation[] => {
      const marks = new Set(leaves(output).flatMap((text) => text.match(/\[\d+\]$/g) ?? []))
      return output === null || marks.size === 1
        ? []
        : [{ kind: 'duplicated', what: `${stage} holds pieces of the answers ${[...marks]}` }]
    }),
    ...views.flatMap(({ partial }) =>
      invented(
        'partial',
        partial?.elements.map((it) => it.item),
      ),
    ),
    ...shown.flatMap((item) => invented('delta', item)),
    ...replies.flatMap(({ text }) => invented('reply', text)),
  ]
}

/** Everything that did not hold in one session. */
export const checkStory = (
  story: Story,
  said: readonly Said[],
  charged: readonly string[] = [],
): Violation[] => [
  ...(story.runs.length === 0
    ? [{ kind: 'stuck', what: 'no run was accepted in all the time' } as const]
    : []),
  ...logChecks(story),
  ...turnChecks(story),
  ...nameChecks(story),
  ...talkChecks(story),
  ...story.runs.flatMap((run) => runChecks(story, run)),
  ...callChecks(story, said),
  ...wordChecks(story, said),
  ...(story.assets ? checkAssets(story.assets, story.log, charged) : []),
]
