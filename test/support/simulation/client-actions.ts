import * as fc from 'fast-check'
import { stageNames } from '../../../shared/contracts/agents.ts'
import type { Action } from '../studio/studio-model.ts'

const running = (does: 'generate' | 'resume') =>
  fc.record({
    does: fc.constant(does),
    until: fc.constantFrom('end' as const, ...stageNames),
    ending: fc.constantFrom('waits', 'fails'),
  })

/** Anything a client may do, sensible or not. */
export const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('say' as const),
      what: fc.constantFrom('fill', 'fill', 'unsure', 'chat'),
      input: fc.constantFrom('text', 'voice'),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Action>({ does: 'say in vain' }) },
  { weight: 1, arbitrary: fc.constant<Action>({ does: 'say and stop' }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom('stop', 'cancel', 'go on', 'reconnect').map((does) => ({ does })),
  },
  { weight: 4, arbitrary: running('generate') },
  { weight: 3, arbitrary: running('resume') },
) as fc.Arbitrary<Action>
