import { expect, it } from 'vitest'
import { StudioError } from '../../../shared/contracts/errors.ts'
import type { Session } from '../../../shared/repositories/session.ts'
import type { Amounts } from '../../../shared/services/limits/limit-service.ts'
import type { Recording } from '../../../shared/services/voice/recording-service.ts'
import type { GrantedCall } from '../../../shared/services/voice/transcription-calls.ts'
import {
  type CountDependencies,
  countSeconds,
  countTurn,
} from '../../../shared/services/voice/voice-turn-counts.ts'

const input = { sessionId: 'sess_1', principal: 'user_1' }
const recording: Recording = { uploadId: 'upload_1', format: 'webm', seconds: 2.4 }

/** Counts what is taken and reserved; what `refuses` throws instead. */
const world = (refuses: { seconds?: StudioError; money?: StudioError; log?: Error } = {}) => {
  const taken = { turns: 0, transcription: 0, reserved: 0 }
  const add = (amounts: Amounts, sign: 1 | -1): void => {
    taken.turns += sign * (amounts.turns ?? 0)
    taken.transcription += sign * (amounts.transcription ?? 0)
  }
  const dependencies = {
    clock: { now: () => 0 },
    sessions: { get: async () => ({ owner: 'user_1' }) as Session },
    events: {
      async lastSeq() {
        if (refuses.log) throw refuses.log
        return 7
      },
    },
    limits: {
      async admit(_: unknown, amounts: Amounts) {
        if (amounts.transcription && refuses.seconds) throw refuses.seconds
        add(amounts, 1)
        return { giveBack: async () => add(amounts, -1) }
      },
    },
    transcriptions: {
      async grant() {
        if (refuses.money) throw refuses.money
        taken.reserved += 1
        const release = async () => {
          taken.reserved -= 1
        }
        return { reservation: { release } } as GrantedCall
      },
    },
  } satisfies CountDependencies
  return { taken, dependencies }
}

const counted = async (refuses?: Parameters<typeof world>[0]) => {
  const { taken, dependencies } = world(refuses)
  const turn = await countTurn(dependencies, input)
  return {
    taken,
    seconds: countSeconds(dependencies, input, { recording, counted: turn.counted }),
  }
}
const nothing = { turns: 0, transcription: 0, reserved: 0 }

it('a turn, its seconds and its money are taken, and put back when it does not begin', async () => {
  const { taken, seconds } = await counted()
  const { after, giveBack } = await seconds
  expect({ after, ...taken }).toEqual({ after: 7, turns: 1, transcription: 3, reserved: 1 })
  await giveBack()
  expect(taken).toEqual(nothing)
})

it.each([
  ['money', { money: new StudioError('BUDGET_EXCEEDED', 'No money is left.') }],
  ['seconds', { seconds: new StudioError('RATE_LIMITED', 'No seconds are left.') }],
  ['a log that can be read', { log: new Error('The table is away.') }],
])('without %s nothing stays taken', async (_, refuses) => {
  const { taken, seconds } = await counted(refuses)
  await expect(seconds).rejects.toBe(Object.values(refuses)[0])
  expect(taken).toEqual(nothing)
})
