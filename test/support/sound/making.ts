import { createHash } from 'node:crypto'
import type { Speaker, Speech, SpeechRequest } from '../../../shared/clients/speech/speaker.ts'
import type { VoiceOutput } from '../../../shared/contracts/agents.ts'
import type { RunWithStages } from '../../../shared/repositories/run-output-repository.ts'
import type {
  MadeAsset,
  MakingOrder,
  Purchase,
  SourceFile,
  Workshop,
} from '../../../shared/services/media/asset-maker.ts'

/** A run whose voice agent wrote this, as far as makers of sound look. */
export const runWithVoice = (output: VoiceOutput, locale = 'ko-KR'): RunWithStages =>
  ({
    run: { locale },
    stages: { voice: { output } },
    usage: [],
    searches: [],
  }) as unknown as RunWithStages

/** A voice agent's output that says this in these lines. */
export const voiceOutput = (
  script: string,
  lines: readonly string[],
  change: Partial<VoiceOutput> = {},
): VoiceOutput => ({
  schema_version: 'v1',
  agent: 'voice',
  voiceover_script_short: script,
  voiceover_script_long: null,
  tone_profile: '다정하게',
  delivery_profile: { pace: '보통 빠르기로', emphasis_words: [] },
  timing_map: [
    { start: 0, end: 2, purpose: 'hook', text: '처음' },
    { start: 2, end: 8, purpose: 'cta', text: '끝' },
  ],
  subtitle_lines: lines.map((text, index) => ({ start: index * 2, end: index * 2 + 1.8, text })),
  tts_config: { voice_preset: 'friendly_ko', format: 'mp3' },
  ...change,
})

export const orderOf = (run: RunWithStages, change: Partial<MakingOrder> = {}): MakingOrder => ({
  run,
  placement: null,
  posterSpecId: null,
  note: null,
  voice: { preset: null, pace: null, recording: null },
  captions: true,
  vendorJob: null,
  sources: [],
  ...change,
})

export interface TestWorkshop extends Workshop {
  purchases: Purchase[]
  /** Calls that were made, not counting purchases found again. */
  calls: number
}

/** A workshop that keeps what it bought, as the worker's does. */
export const testWorkshop = (): TestWorkshop => {
  const kept = new Map<string, Uint8Array>()
  const workshop: TestWorkshop = {
    purchases: [],
    calls: 0,
    signal: new AbortController().signal,
    report() {},
    async buy(purchase, call) {
      workshop.purchases.push(purchase)
      const { provider, model, parameters, contentType } = purchase
      const digest = createHash('sha256')
        .update(JSON.stringify([provider, model, parameters]))
        .digest('hex')
      let bytes = kept.get(digest)
      if (!bytes) {
        workshop.calls += 1
        bytes = await call(workshop.signal, digest)
        kept.set(digest, bytes)
      }
      return { digest, bytes, contentType }
    },
    start: () => Promise.reject(new Error('nothing is started')),
    collect: () => Promise.reject(new Error('nothing is collected')),
    productPicture: async () => null,
    folder: () => Promise.reject(new Error('no folder is needed')),
  }
  return workshop
}

export interface TestSpeaker extends Speaker {
  requests: SpeechRequest[]
}

export const scriptedSpeaker = (
  answer: (request: SpeechRequest) => Promise<Speech> | Speech,
  provider = 'polly',
): TestSpeaker => {
  const requests: SpeechRequest[] = []
  return {
    provider,
    requests,
    voiceName: (preset) => `${provider}/${preset}`,
    async speak(request) {
      requests.push(request)
      return answer(request)
    },
  }
}

/** A made file as a later order's source. */
export const asSource = ({ files }: MadeAsset): SourceFile[] =>
  files.map((file) => ({
    ...file,
    name: `${file.role}.${file.extension}`,
    content_type: file.contentType,
    bytes: 1,
    sha256: '0'.repeat(64),
    placement: null,
    posterSpecId: null,
    note: null,
    read: async () => file.body as Uint8Array,
    path: () => Promise.reject(new Error('no path is needed')),
  }))
