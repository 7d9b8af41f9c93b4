import { type StageName, stageNames } from '../../shared/contracts/agents.ts'
import { creativePartNames } from '../../shared/contracts/creative-parts.ts'
import { type SessionState, sessionStates } from '../../shared/contracts/session.ts'
import { modelLimits } from '../../shared/rules/model-limits.ts'
import {
  type SessionTrigger,
  stageAfter,
  stageState,
  transition,
} from '../../shared/rules/session-state.ts'
import { stageMs, stageTaskMs } from '../../shared/rules/time-budgets.ts'
import { code, duration, fenced, table } from './markdown.ts'

/** Every trigger, by what the page calls it. */
const triggers: readonly [string, SessionTrigger][] = [
  [
    'a turn changes slots; the gate opens',
    { type: 'turn-committed', gateReady: true, slotsChanged: true },
  ],
  [
    'a turn changes slots; the gate is closed',
    { type: 'turn-committed', gateReady: false, slotsChanged: true },
  ],
  [
    'a turn changes no slot; the gate is open',
    { type: 'turn-committed', gateReady: true, slotsChanged: false },
  ],
  [
    'a turn changes no slot; the gate is closed',
    { type: 'turn-committed', gateReady: false, slotsChanged: false },
  ],
  ['an edit by hand; the gate is open', { type: 'brief-edited', gateReady: true }],
  ['an edit by hand; the gate is closed', { type: 'brief-edited', gateReady: false }],
  ...stageNames.map((stage): [string, SessionTrigger] => [
    `a run starts at ${stage}`,
    { type: 'run-started', stage },
  ]),
  ...stageNames.map((stage): [string, SessionTrigger] => [
    `${stage} is committed`,
    { type: 'stage-committed', stage },
  ]),
  ['the run fails', { type: 'run-failed' }],
  ['the run is cancelled; the gate is open', { type: 'run-cancelled', gateReady: true }],
  ['the run is cancelled; the gate is closed', { type: 'run-cancelled', gateReady: false }],
]

/** An arrow's label names the trigger without what follows from the brief alone. */
const short = (name: string): string =>
  name.replace(/; .*$/, '').replace(/ changes (no slot|slots)$/, '')

const arrows = (): string[] => {
  const labels = new Map<string, Set<string>>()
  for (const from of sessionStates) {
    for (const [name, trigger] of triggers) {
      const to = transition(from, trigger)
      if (to === null || to === from) continue
      const arrow = `${from} --> ${to}`
      labels.set(arrow, (labels.get(arrow) ?? new Set()).add(short(name)))
    }
  }
  const starts = (label: string): boolean => label.startsWith('a run starts at ')
  return [...labels].map(([arrow, names]) => {
    const stages = [...names].filter(starts).map((name) => name.replace('a run starts at ', ''))
    const others = [...names].filter((name) => !starts(name))
    const all = [
      ...others,
      ...(stages.length > 0 ? [`a run starts at ${stages.join(' or ')}`] : []),
    ]
    return `  ${arrow} : ${all.join(', ')}`
  })
}

const deadlines = Object.fromEntries(
  Object.entries(modelLimits).map(([agent, { deadlineMs }]) => [agent, deadlineMs]),
) as Parameters<typeof stageTaskMs>[1]

/** Of the creatives, each part has as many. */
const callsOf = (stage: StageName): string => {
  const { maxCalls } = modelLimits[stage]
  return stage === 'creative'
    ? `${maxCalls} for each of ${creativePartNames.length} answers`
    : `${maxCalls}`
}

export const stateTables = {
  'session-states': () =>
    fenced('mermaid', ['stateDiagram-v2', `  [*] --> ${sessionStates[0]}`, ...arrows()].join('\n')),
  transitions: () =>
    table(
      ['what happens', ...sessionStates.map(code)],
      triggers.map(([name, trigger]) => [
        name,
        ...sessionStates.map((from: SessionState) => {
          const to = transition(from, trigger)
          return to === null ? '–' : to === from ? 'stays' : code(to)
        }),
      ]),
    ),
  'run-machine': () =>
    fenced(
      'mermaid',
      [
        'flowchart LR',
        '  ENTRY{ENTRY}',
        ...stageNames.map((stage) => `  ${stage}["${stageState[stage]}<br/>${stage}"]`),
        ...stageNames.map((stage) => `  ENTRY -. "resume_from: ${stage}" .-> ${stage}`),
        ...stageNames.map((stage) => `  ${stage} --> ${stageAfter[stage] ?? 'DONE'}`),
        ...stageNames.map((stage) => `  ${stage} -- error --> FAILED`),
      ].join('\n'),
    ),
  stages: () =>
    table(
      [
        'stage',
        'state',
        'one call of its model',
        'calls in one attempt',
        'the task, with queue and commit',
        'silence that ends it',
      ],
      stageNames.map((stage) => [
        stage,
        code(stageState[stage]),
        duration(modelLimits[stage].deadlineMs),
        callsOf(stage),
        duration(stageTaskMs(stage, deadlines)),
        duration(stageMs.silence),
      ]),
    ),
}
