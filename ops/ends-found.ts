import type { Webhook } from '../shared/repositories/webhook-repository.ts'
import type { End } from '../shared/rules/ends.ts'
import { deliveryTries, webhookMs } from '../shared/rules/webhooks.ts'
import { mapEach } from './at-once.ts'
import { type Finding, lookAtSweeper, notSwept, overdueMs } from './finding.ts'
import type { Repositories } from './repositories.ts'
import { moment, plural } from './terminal.ts'

/** An end that is in the table has not been announced. */
export const judgeEnd = ({ type, data }: Pick<End, 'type' | 'data'>, now: number): Finding => {
  const facts = {
    kind: 'end' as const,
    id: data.id,
    since: data.ended_at,
    where: `${type}, ${data.outcome}`,
    run_id: data.run_id,
  }
  const age = now - Date.parse(data.ended_at)
  if (age < webhookMs.quiet) {
    return { ...facts, verdict: 'works', why: 'It has just ended, and is announced about now.' }
  }
  const why = 'It has not been announced to the event bus and to webhooks.'
  return age > overdueMs
    ? {
        ...facts,
        verdict: 'stands',
        why: `${why} ${notSwept}`,
        next: `Look at the lines of Announcer; then: ${lookAtSweeper}`,
      }
    : { ...facts, verdict: 'next_sweep', why: `${why} The next sweep sends it again.` }
}

const reasonsOfDisabling = {
  gone: 'Its receiver answered 410.',
  failing: 'Nothing has arrived at it for days.',
  secret_lost: 'The key that its secret was derived from has been dropped.',
} as const satisfies Record<NonNullable<Webhook['disabled_reason']>, string>

/** A webhook that fails or is disabled; its address is shown by its host, since the rest may hold a secret. */
export const judgeWebhook = (webhook: Webhook, now: number): Finding => {
  const { webhook_id, url, disabled_reason, failing_since, last_delivery } = webhook
  const last = last_delivery ? `, last try ${last_delivery.reason ?? 'arrived'}` : ''
  const facts = {
    kind: 'webhook' as const,
    id: webhook_id,
    since: failing_since ?? new Date(now).toISOString(),
    where: `${disabled_reason ? 'disabled' : 'failing'}, ${URL.parse(url)?.host ?? 'no host'}${last}`,
    verdict: 'owner' as const,
  }
  if (!disabled_reason) {
    const at = moment(new Date(Date.parse(facts.since) + webhookMs.failing).toISOString())
    const why = `Each event is tried ${deliveryTries} times. If nothing arrives, it is disabled after ${at} UTC.`
    return { ...facts, why }
  }
  return {
    ...facts,
    why: `${reasonsOfDisabling[disabled_reason]} It gets nothing any more.`,
    next:
      disabled_reason === 'secret_lost'
        ? 'Its owner rotates the secret: POST /api/webhooks/{id}/rotate.'
        : 'Its owner tests it again: POST /api/webhooks/{id}/test.',
  }
}

/** Pending deliveries to one webhook whose time has come. */
export interface DueDeliveries {
  owner: string
  webhook_id: string
  count: number
  /** When the oldest was due, in epoch milliseconds. */
  since: number
}

/**
 * Deliveries that are due are taken within moments, or sent again by a sweep: later than two of those, no sender
 * takes them, or the sweeper does not send them.
 */
export const judgeDeliveries = (
  { webhook_id, count, since }: DueDeliveries,
  now: number,
): Finding => {
  const facts = {
    kind: 'deliveries' as const,
    id: webhook_id,
    since: new Date(since).toISOString(),
    where: `${plural(count, 'delivery', 'deliveries')} due`,
  }
  const age = now - since
  if (age < webhookMs.quiet) {
    return { ...facts, verdict: 'works', why: 'It is due, and is tried about now.' }
  }
  return age > overdueMs
    ? {
        ...facts,
        verdict: 'stands',
        why: 'No sender has taken what was due for longer than two sweeps, each of which sends it again.',
        next: `Look at the lines of WebhookSender, its throttles and the age of its queue (npm run ops -- redrive deliveries --dry-run shows its dead letters); then: ${lookAtSweeper}`,
      }
    : {
        ...facts,
        verdict: 'next_sweep',
        why: 'No sender has taken it yet. The next sweep sends it again.',
      }
}

/** A sweep moves what it sends again in the index, so that what is due is told by the delivery itself. */
const dueDeliveries = async (
  { deliveries, webhooks }: Pick<Repositories, 'deliveries' | 'webhooks'>,
  now: number,
): Promise<DueDeliveries[]> => {
  const due = new Map<string, DueDeliveries>()
  for await (const named of deliveries.listDue(now)) {
    for (const delivery of await Promise.all(named.map((one) => deliveries.find(one)))) {
      if (delivery?.status !== 'pending' || delivery.next_at > now) continue
      const { owner, webhook_id, next_at } = delivery
      const { count, since } = due.get(webhook_id) ?? { count: 0, since: next_at }
      due.set(webhook_id, {
        ...{ owner, webhook_id, count: count + 1 },
        since: Math.min(since, next_at),
      })
    }
  }
  // What is due to a webhook that was deleted is dropped whenever it is taken.
  const all = [...due.values()]
  const found = await mapEach(all, (one) => webhooks.find(one.owner, one.webhook_id))
  return all.filter((_, index) => found[index] !== undefined)
}

/** Ends that are still to be announced, webhooks that do not get theirs, and deliveries that no sender takes. */
export const endsFound = async (
  all: Pick<Repositories, 'ends' | 'webhooks' | 'deliveries'>,
  now: number,
): Promise<Finding[]> => {
  const { ends, webhooks } = all
  const found: Finding[] = []
  for await (const ids of ends.listWaiting(now)) {
    const waiting = await Promise.all(ids.map((id) => ends.find(id)))
    found.push(...waiting.flat().map((end) => judgeEnd(end, now)))
  }
  for await (const unwell of webhooks.listUnwell()) {
    found.push(...unwell.map((webhook) => judgeWebhook(webhook, now)))
  }
  found.push(...(await dueDeliveries(all, now)).map((due) => judgeDeliveries(due, now)))
  return found
}
