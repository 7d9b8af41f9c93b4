import { expect, it } from 'vitest'
import type { MediaStore } from '../../../shared/clients/media-store.ts'
import type { Speaker } from '../../../shared/clients/speech/speaker.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import type { Amounts } from '../../../shared/services/limits/limit-service.ts'
import {
  createSpeechService,
  type SpeechDependencies,
} from '../../../shared/services/speech/speech-service.ts'

// Each takes two UTF-16 units.
const text = '🧴🧴🧴'
const session = { session_id: 'sess_1', owner: 'user_1', locale: 'ko-KR' }

/** A session whose assistant said `text`, and a spending that fails. */
const speechThatFails = (failure: Error) => {
  const seen: number[] = []
  const dependencies = {
    clock: { now: () => 0 },
    sessions: {
      conversation: async () => ({ session, messages: [{ role: 'assistant', text, turn: 0 }] }),
    },
    media: async () => ({ head: async () => undefined }) as unknown as MediaStore,
    speaker: () => ({ provider: 'polly', voiceName: () => 'Seoyeon' }) as unknown as Speaker,
    limits: {
      async admit(_: unknown, { synthesis = 0 }: Amounts) {
        seen.push(synthesis)
        return {
          async giveBack() {
            seen.push(-synthesis)
          },
        }
      },
    },
    spend: {
      async reserve() {
        throw failure
      },
    },
  } as unknown as SpeechDependencies
  const request = { text, preset: 'friendly_ko', format: 'mp3' } as const
  const spoken = createSpeechService(dependencies).speak('sess_1', 'user_1', request)
  return { seen, spoken }
}

it('a text that no money is left for takes no characters', async () => {
  const { seen, spoken } = speechThatFails(new StudioError('BUDGET_EXCEEDED', 'No money is left.'))
  await expect(spoken).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' })
  expect(seen).toEqual([3, -3])
})

it('a provider that fails was asked, and its characters, each counted once, stay taken', async () => {
  const { seen, spoken } = speechThatFails(new StudioError('MEDIA_TIMEOUT', 'Too late.'))
  await expect(spoken).rejects.toMatchObject({ code: 'MEDIA_TIMEOUT' })
  expect(seen).toEqual([3])
})
