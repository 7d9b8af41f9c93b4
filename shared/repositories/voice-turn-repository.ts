import type { Item, Store, Write } from '../clients/store.ts'
import type { VoicePreset } from '../contracts/agents.ts'
import type { Locale } from '../contracts/session.ts'
import type { AudioFormat } from '../contracts/voice.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import { openIndex } from '../rules/storage-layout.ts'
import { expiry, voiceTurnKey } from './table-keys.ts'

/** A spoken turn from the recording until its words are known; it holds the session's lease. */
export interface PendingVoiceTurn {
  session_id: string
  turn: number
  owner: string
  lease_id: string
  upload_id: string
  format: AudioFormat
  /** The language that is spoken. */
  locale: Locale
  voice_preset?: VoicePreset | undefined
  started_at: string
  /** Milliseconds since the epoch after which nobody waits for the words any more. */
  deadline: number
}

/** Seconds that a forgotten one is kept. */
const keptSeconds = 86_400

export interface VoiceTurnRepository {
  get(sessionId: string, turn: number): Promise<PendingVoiceTurn | undefined>
  open(spoken: PendingVoiceTurn): Write
  close(spoken: Pick<PendingVoiceTurn, 'session_id' | 'turn'>): Write
  /** Those that began before, oldest first; a hundred at most. */
  listBegunBefore(milliseconds: number): Promise<{ sessionId: string; turn: number }[]>
}

const openSpeech = 'SPEECH'

const asPendingVoiceTurn = ({ PK, SK, OPEN, OPEN_SK, ttl, ...spoken }: Item): PendingVoiceTurn =>
  spoken as unknown as PendingVoiceTurn

export const createVoiceTurnRepository = (store: Store, clock: Clock): VoiceTurnRepository => ({
  async get(sessionId, turn) {
    const item = await store.get(voiceTurnKey(sessionId, turn))
    return item && asPendingVoiceTurn(item)
  },
  open: (spoken) => ({
    put: {
      ...voiceTurnKey(spoken.session_id, spoken.turn),
      ...spoken,
      [openIndex.partition]: openSpeech,
      [openIndex.sort]: `${spoken.started_at}#${spoken.session_id}`,
      ttl: expiry(clock.now(), keptSeconds),
    },
    condition: { expression: 'attribute_not_exists(#PK)' },
  }),
  close: (spoken) => ({ remove: voiceTurnKey(spoken.session_id, spoken.turn) }),
  async listBegunBefore(milliseconds) {
    const { items } = await store.query({
      pk: openSpeech,
      from: '0',
      to: isoTime(milliseconds),
      limit: 100,
      index: openIndex,
    })
    return items.map(({ PK, SK }) => ({
      sessionId: PK.slice('SESSION#'.length),
      turn: Number(SK.slice('SPEECH#'.length)),
    }))
  },
})
