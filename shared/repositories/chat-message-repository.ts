import { type Item, pagesOf, type Store, type Write } from '../clients/store.ts'
import type { TurnReply } from '../contracts/agents.ts'
import type { Authored } from '../contracts/provenance.ts'
import type { Message, TurnInputKind } from '../contracts/session.ts'
import { assertAuthored } from '../platform/authored.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import { packJson, unpackJson } from './json-attributes.ts'
import { expiry, messageKey, messageRange } from './table-keys.ts'

export interface ChatMessageRepository {
  /** Messages of the turns after `afterTurn`, oldest first; `complete` when there are no more. */
  list(
    sessionId: string,
    afterTurn: number,
    limit: number,
  ): Promise<{ messages: Message[]; complete: boolean }>
  /** Every message, oldest first, a hundred at a time; a turn may be split between two pages. */
  listAll(sessionId: string): AsyncIterable<Message[]>
  user(
    sessionId: string,
    turn: number,
    message: { text: string; input: TurnInputKind } & Pick<
      Message,
      'client_message_id' | 'image_url'
    >,
  ): Write
  /** A notice of the product itself, never presented as a model's text. */
  notice(sessionId: string, turn: number, text: string): Write
  /** The planner's reply: only an authored answer becomes the planner's message. */
  reply(sessionId: string, turn: number, text: string, reply: Authored<TurnReply>): Write
}

/** Messages read with one request of many. */
const pageSize = 100

export const asMessage = (item: Item): Message => {
  const { PK, SK, ttl, ...message } = unpackJson(item, ['provenance'])
  return message as unknown as Message
}

/** A turn's user message stands before the assistant's. */
export const inOrder = (a: Message, b: Message): number =>
  a.turn - b.turn || Number(a.role === 'assistant') - Number(b.role === 'assistant')

async function* listAll(store: Store, sessionId: string): AsyncGenerator<Message[]> {
  for await (const { items } of pagesOf(store, messageRange(sessionId, -1), { pageSize })) {
    yield items.map(asMessage).sort(inOrder)
  }
}

export const createChatMessageRepository = (store: Store, clock: Clock): ChatMessageRepository => {
  const put = (sessionId: string, message: Omit<Message, 'created_at'>): Write => ({
    put: {
      ...messageKey(sessionId, message.turn, message.role),
      ...packJson(message),
      created_at: isoTime(clock.now()),
      ttl: expiry(clock.now(), 'message'),
    },
    condition: { expression: 'attribute_not_exists(#PK)' },
  })
  return {
    async list(sessionId, afterTurn, limit) {
      const { items, next } = await store.query({ ...messageRange(sessionId, afterTurn), limit })
      const messages = items.map(asMessage).sort(inOrder)
      // A page may end between the two messages of a turn: such a turn belongs to the next page.
      const lastTurn = messages.at(-1)?.turn
      const whole = next && messages.some(({ turn }) => turn !== lastTurn)
      return {
        messages: whole ? messages.filter(({ turn }) => turn !== lastTurn) : messages,
        complete: next === undefined,
      }
    },
    listAll: (sessionId) => listAll(store, sessionId),
    user: (sessionId, turn, { text, input, client_message_id, image_url }) =>
      put(sessionId, {
        turn,
        role: 'user',
        author: 'user',
        text,
        input,
        ...(client_message_id === undefined ? {} : { client_message_id }),
        ...(image_url === undefined ? {} : { image_url }),
      }),
    notice: (sessionId, turn, text) =>
      put(sessionId, { turn, role: 'assistant', author: 'system', text }),
    reply: (sessionId, turn, text, reply) =>
      put(sessionId, {
        turn,
        role: 'assistant',
        author: 'planner',
        text,
        next_question: assertAuthored(reply).value.next_question,
        provenance: reply.provenance,
      }),
  }
}
