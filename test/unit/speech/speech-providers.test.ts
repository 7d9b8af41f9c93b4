import { afterEach, describe, expect, it, vi } from 'vitest'
import type { MediaStore } from '../../../shared/clients/media-store.ts'
import { openaiSpeaker } from '../../../shared/clients/speech/openai-speaker.ts'
import { speaker } from '../../../shared/clients/speech/select-speaker.ts'
import { transcriber } from '../../../shared/clients/transcription/select-transcriber.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'

afterEach(() => vi.unstubAllEnvs())

const refusalOf = (work: () => unknown): StudioError | undefined => {
  try {
    work()
  } catch (error) {
    if (error instanceof StudioError) return error
    throw error
  }
  return undefined
}

describe('a provider of speech that is not configured', () => {
  it.each([
    ['TTS_PROVIDER', 'parrot', () => speaker()],
    ['TTS_MODEL', '', () => openaiSpeaker().voiceName('calm_ko')],
    ['STT_PROVIDER', 'parrot', () => transcriber({} as MediaStore)],
  ])('is refused by the name of %s', (variable, value, work) => {
    vi.stubEnv(variable, value)
    const refusal = refusalOf(work)
    expect(refusal).toMatchObject({ code: 'CAPABILITY_NOT_CONFIGURED', retryable: false })
    expect(refusal?.message).toContain(variable)
  })
})
