import type { Store } from '../clients/store.ts'
import type { Session } from './session.ts'
import { sessionKey } from './table-keys.ts'
import { tryWrite } from './try-write.ts'

/** Who beside its owner may read a session: a part of the session's own item, so that no read looks twice. */
export interface ReaderRepository {
  /**
   * Replaces a session's readers, if they are still those of `session`. False when another writer was
   * first, or the session is being erased.
   */
  replace(session: Session, readers: readonly string[]): Promise<boolean>
}

/** The item that an erasure leaves holds its owner alone, and must not be given readers. */
const isSame = ({ owner, readers }: Session) => ({
  expression: `#owner = :owner AND attribute_not_exists(#erasing) AND ${
    readers === undefined ? 'attribute_not_exists(#readers)' : '#readers = :readers'
  }`,
  values: { ':owner': owner, ...(readers === undefined ? {} : { ':readers': readers }) },
})

export const createReaderRepository = (store: Store): ReaderRepository => ({
  replace: (session, readers) =>
    tryWrite(store, [
      {
        update: sessionKey(session.session_id),
        set: { readers: [...readers] },
        condition: isSame(session),
      },
    ]),
})
