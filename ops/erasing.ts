import type { Webhook } from '../shared/repositories/webhook-repository.ts'
import type { ErasureService } from '../shared/services/sessions/erasure-service.ts'
import type { WebhookService } from '../shared/services/webhooks/webhook-service.ts'
import type { Holdings } from './holdings.ts'

/** What is to be erased of a principal. */
export interface Doomed {
  owner: string
  webhooks: readonly Webhook[]
  sessions: readonly Holdings[]
}

export interface Erased {
  webhooks: Webhook[]
  sessions: Holdings[]
  /** What was not erased, or not to its end, and why. */
  failed: { id: string; reason: string }[]
}

export interface Erasers {
  erasure: ErasureService
  webhooks: Pick<WebhookService, 'delete'>
}

/**
 * Erases one thing after another, and goes on past one that fails. Webhooks go first: what the erasure ends is not
 * sent to them any more.
 */
export const eraseEach = async (
  { erasure, webhooks }: Erasers,
  { owner, ...doomed }: Doomed,
): Promise<Erased> => {
  const failed: Erased['failed'] = []
  const succeeds = async (id: string, work: Promise<void>): Promise<boolean> => {
    try {
      await work
      return true
    } catch (cause) {
      failed.push({ id, reason: cause instanceof Error ? cause.message : String(cause) })
      return false
    }
  }
  const erased: Erased = { webhooks: [], sessions: [], failed }
  for (const webhook of doomed.webhooks) {
    const { webhook_id } = webhook
    const done = await succeeds(webhook_id, webhooks.delete(owner, webhook_id))
    if (done) erased.webhooks.push(webhook)
  }
  for (const session of doomed.sessions) {
    const { session_id } = session
    const done = await succeeds(session_id, erasure.eraseSession(session_id, owner))
    if (done) erased.sessions.push(session)
  }
  return erased
}
