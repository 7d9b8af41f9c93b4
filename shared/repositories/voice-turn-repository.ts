import type { Item, Store, Write } from '../clients/store.ts'
import type { VoicePreset } from '../contracts/agents.ts'
import type { Locale } from '../contracts/session.ts'
import type { AudioFormat } from '../contracts/voice.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import { openIndex } from '../rules/storage-layout.ts'
import { expiry, voiceTurnKey } from './table-keys.ts'
import { tryWrite } from './try-write.ts'

/** A voice turn from its recording until its transcript is there; it holds the session's lease. */
export interface PendingVoiceTurn {
  session_id: string
  turn: number
  owner: string
  lease_id: string
  upload_id: string
  format: AudioFormat
  /** Of sound in the recording. */
  seconds?: number
  /** The recording holds no sound: it is not sent to the provider. */
  silent?: true
  /** The language of the recording. */
  locale: Locale
  voice_preset?: VoicePreset | undefined
  started_at: string
  /** Milliseconds since the epoch until which the transcript is waited for. */
  deadline: number
  /** The request that brought the recording. */
  request_id?: string | undefined
}

export interface VoiceTurnRepository {
  get(sessionId: string, turn: number): Promise<PendingVoiceTurn | undefined>
  open(turn: PendingVoiceTurn): Write
  /** With `once`, on condition that it was not closed before. */
  close(turn: Pick<PendingVoiceTurn, 'session_id' | 'turn'>, when?: 'once'): Write
  /**
   * Counts a call that asks the provider for the transcript, before it is made. False when the turn
   * was closed or `maxStarts` are used.
   */
  countStart(
    turn: Pick<PendingVoiceTurn, 'session_id' | 'turn'>,
    maxStarts: number,
  ): Promise<boolean>
  /** Voice turns that began before then, oldest first; a hundred at most. */
  listBegunBefore(milliseconds: number): Promise<{ sessionId: string; turn: number }[]>
}

const openVoiceTurns = 'SPEECH'

/** Voice turns that one sweep looks after; the next one takes the rest. */
const listedAtOnce = 100

const asPendingVoiceTurn = ({
  PK,
  SK,
  OPEN,
  OPEN_SK,
  ttl,
  starts,
  ...turn
}: Item): PendingVoiceTurn => turn as unknown as PendingVoiceTurn

export const createVoiceTurnRepository = (store: Store, clock: Clock): VoiceTurnRepository => ({
  async get(sessionId, turn) {
    const item = await store.get(voiceTurnKey(sessionId, turn))
    return item && asPendingVoiceTurn(item)
  },
  open: (turn) => ({
    put: {
      ...voiceTurnKey(turn.session_id, turn.turn),
      ...turn,
      [openIndex.partition]: openVoiceTurns,
      [openIndex.sort]: `${turn.started_at}#${turn.session_id}`,
      ttl: expiry(clock.now(), 'voiceTurn'),
    },
    condition: { expression: 'attribute_not_exists(#PK)' },
  }),
  close: ({ session_id, turn }, when) => ({
    remove: voiceTurnKey(session_id, turn),
    ...(when === 'once' ? { condition: { expression: 'attribute_exists(#PK)' } } : {}),
  }),
  countStart: ({ session_id, turn }, maxStarts) =>
    tryWrite(store, [
      {
        update: voiceTurnKey(session_id, turn),
        count: 'starts',
        condition: {
          expression: 'attribute_exists(#PK) AND (attribute_not_exists(#starts) OR #starts < :max)',
          values: { ':max': maxStarts },
        },
      },
    ]),
  async listBegunBefore(milliseconds) {
    const { items } = await store.query({
      pk: openVoiceTurns,
      from: '0',
      to: isoTime(milliseconds),
      limit: listedAtOnce,
      index: openIndex,
    })
    return items.map(({ PK, SK }) => ({
      sessionId: PK.slice('SESSION#'.length),
      turn: Number(SK.slice('SPEECH#'.length)),
    }))
  },
})
