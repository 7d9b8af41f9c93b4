import { StudioError } from '../../contracts/errors.ts'
import type { SessionSummary } from '../../contracts/session.ts'
import type { Session } from '../../repositories/session.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import { evaluateGate } from '../../rules/gate.ts'
import { searchText } from '../../rules/search-text.ts'

export interface SessionListRequest {
  limit: number
  /** A `next_cursor` of this list. */
  cursor?: string | undefined
  /** Looked for in the name and the category of the product. */
  q?: string | undefined
}

const writeCursor = (id: string): string => Buffer.from(id).toString('base64url')
const readCursor = (cursor: string): string => {
  const id = Buffer.from(cursor, 'base64url').toString()
  // Decoding passes over what is not base64url: only what was written is taken back.
  if (/^sess_[0-9a-z]{26}$/.test(id) && writeCursor(id) === cursor) return id
  throw new StudioError('INVALID_INPUT', 'The cursor is not one that a list answered with.', {
    errors: [{ path: 'cursor', message: 'must be a next_cursor of this list' }],
  })
}

const summaryOf = ({ slots, ...session }: Session): SessionSummary => ({
  session_id: session.session_id,
  state: session.state,
  locale: session.locale,
  mode: session.mode,
  turn: session.turn,
  run_id: session.run_id ?? null,
  from_run_id: session.from_run_id ?? null,
  gate: evaluateGate(slots),
  product_name: slots['product.name']?.value ?? null,
  product_category: slots['product.category']?.value ?? null,
  created_at: session.created_at,
  updated_at: session.updated_at,
})

export const listSessions = async (
  sessions: Pick<SessionRepository, 'list'>,
  principal: string,
  { limit, cursor, q }: SessionListRequest,
): Promise<{ sessions: SessionSummary[]; next_cursor: string | null }> => {
  const wanted = q === undefined ? '' : searchText(q)
  const found = await sessions.list(principal, {
    limit,
    ...(cursor === undefined ? {} : { after: readCursor(cursor) }),
    fits: ({ slots }) =>
      [slots['product.name']?.value, slots['product.category']?.value].some((text) =>
        searchText(text ?? '').includes(wanted),
      ),
  })
  return {
    sessions: found.sessions.map(summaryOf),
    next_cursor: found.next === null ? null : writeCursor(found.next),
  }
}
