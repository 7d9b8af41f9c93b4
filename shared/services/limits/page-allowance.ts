import { setImmediate } from 'node:timers/promises'
import type { PageReader } from '../../clients/pages/page-reader.ts'
import { asStudioError } from '../../contracts/errors.ts'
import { log } from '../../platform/telemetry.ts'
import type { Caller } from '../../rules/caller.ts'
import { readingLimits } from '../../rules/search-limits.ts'
import type { Admission, LimitService } from './limit-service.ts'

/** The pages that one research may fetch. */
export interface PageAllowance extends AsyncDisposable {
  /** Reads as `pages` does, up to what was allowed; what is over is refused without a request. */
  reader: PageReader
}

/**
 * Counts all pages of a research at once, while it searches: no page waits for the count. A caller who has
 * none left gets a research that rests on what the searches say.
 * @param begun resolves when the research is its worker's: one that is not takes none
 */
export const openPageAllowance = (
  limits: LimitService,
  pages: PageReader,
  caller: Caller,
  begun: Promise<unknown> = setImmediate(),
): PageAllowance => {
  let unread: number = readingLimits.pages
  const admit = async (): Promise<Admission | undefined> => {
    const isOurs = await begun.then(
      () => true,
      () => false,
    )
    if (!isOurs) return undefined
    try {
      return await limits.admit(caller, { pages: unread })
    } catch (error) {
      log.warn('no page may be read', { code: asStudioError(error).code, error })
      return undefined
    }
  }
  const allowed = admit()
  return {
    reader: {
      async read(url, signal) {
        if (!(await allowed) || unread < 1) return { status: 'refused', url, reason: 'limit' }
        unread -= 1
        return pages.read(url, signal)
      },
    },
    /** Gives back what was not read. Best effort: never rejects. */
    async [Symbol.asyncDispose]() {
      const admission = await allowed
      // Behind what the stage that follows asks for.
      await setImmediate()
      if (unread > 0) await admission?.giveBack({ pages: unread })
    },
  }
}
