import type { Webhook } from '../shared/repositories/webhook-repository.ts'
import type { End } from '../shared/rules/ends.ts'
import { deliveryTries, webhookMs } from '../shared/rules/webhooks.ts'
import { type Finding, lookAtSweeper, notSwept, overdueMs } from './finding.ts'
import type { Repositories } from './repositories.ts'
import { moment } from './terminal.ts'

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

/** Ends that are still to be announced, and webhooks that do not get theirs. */
export const endsFound = async (
  { ends, webhooks }: Repositories,
  now: number,
): Promise<Finding[]> => {
  const found: Finding[] = []
  for await (const ids of ends.listWaiting(now)) {
    const waiting = await Promise.all(ids.map((id) => ends.find(id)))
    found.push(...waiting.filter((end) => end !== undefined).map((end) => judgeEnd(end, now)))
  }
  for await (const unwell of webhooks.listUnwell()) {
    found.push(...unwell.map((webhook) => judgeWebhook(webhook, now)))
  }
  return found
}
