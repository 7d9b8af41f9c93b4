import { type Item, itemsOf, type Store } from '../clients/store.ts'
import { type Locale, locales } from '../contracts/session.ts'
import { type FrameForm, frameForms } from '../contracts/socket.ts'
import type { Clock } from '../platform/clock.ts'
import {
  connectionKey,
  connectionRange,
  expiry,
  sessionConnectionKey,
  ticketKey,
} from './table-keys.ts'
import { tryWrite } from './try-write.ts'

/** A ticket is a random UUID. */
const ticketForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export interface Connection {
  connection_id: string
  session_id: string
  owner: string
  locale: Locale
  frames: FrameForm
  /** A keyed hash of the network address that the ticket was given to. */
  address?: string
}

/** What a ticket says of the connection that it opens. */
export type TicketHolder = Omit<Connection, 'connection_id' | 'frames'>

/** What a socket says of itself when it opens. */
export type AskedConnection = Pick<Connection, 'connection_id' | 'frames'>

export interface ConnectionRepository {
  /** A session's open sockets. */
  listOf(sessionId: string): Promise<Connection[]>
  get(connectionId: string): Promise<Connection | undefined>
  remove(connection: Pick<Connection, 'connection_id' | 'session_id'>): Promise<void>
  createTicket(ticketId: string, holder: TicketHolder): Promise<void>
  /** Opens a connection with a ticket, which is used up. Undefined for anything but a good ticket. */
  open(ticketId: string, asked: AskedConnection): Promise<Connection | undefined>
}

/** Checked without the schema: of the functions of a socket, two then load none. */
const localeIn = (item: Item): Locale => {
  const locale = locales.find((each) => each === item.locale)
  if (locale === undefined) throw new Error('A connection names no language of the product.')
  return locale
}

const asConnection = (item: Item): Connection => ({
  connection_id: String(item.connection_id),
  session_id: String(item.session_id),
  owner: String(item.owner),
  locale: localeIn(item),
  // Those that opened before there was a choice have none.
  frames: frameForms.find((form) => form === item.frames) ?? 'event',
  ...(typeof item.address === 'string' ? { address: item.address } : {}),
})

export const createConnectionRepository = (store: Store, clock: Clock): ConnectionRepository => ({
  async listOf(sessionId) {
    return (await itemsOf(store, connectionRange(sessionId))).map(asConnection)
  },
  async get(connectionId) {
    const item = await store.get(connectionKey(connectionId))
    return item && asConnection(item)
  },
  async remove({ connection_id, session_id }) {
    await store.write([
      { remove: connectionKey(connection_id) },
      { remove: sessionConnectionKey(session_id, connection_id) },
    ])
  },
  async createTicket(ticketId, holder) {
    await store.write([
      {
        put: {
          ...ticketKey(ticketId),
          ...holder,
          ttl: expiry(clock.now(), 'ticket'),
        },
      },
    ])
  },
  async open(ticketId, asked) {
    // A caller may send anything, of any length; DynamoDB takes a key of 2 KB at most.
    if (!ticketForm.test(ticketId)) return undefined
    const ticket = await store.get(ticketKey(ticketId))
    if (!ticket) return undefined
    const connection = asConnection({ ...ticket, ...asked })
    const { connection_id, session_id } = connection
    const item = { ...connection, ttl: expiry(clock.now(), 'connection') }
    const opened = await tryWrite(store, [
      { remove: ticketKey(ticketId), condition: { expression: 'attribute_exists(#PK)' } },
      { put: { ...connectionKey(connection_id), ...item } },
      { put: { ...sessionConnectionKey(session_id, connection_id), ...item } },
    ])
    return opened ? connection : undefined
  },
})
