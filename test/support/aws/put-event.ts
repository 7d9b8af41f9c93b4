import { signedHeaders } from '../../../local/aws/signature.ts'
import type { Engine } from '../../../local/engine.ts'

interface BusEvent {
  source: string
  detailType: string
  detail: unknown
}

/** Puts an event on the default bus of an engine, as a service of AWS does. */
export const putEvent = async (
  { endpoints, credentials }: Pick<Engine, 'endpoints' | 'credentials'>,
  { source, detailType, detail }: BusEvent,
): Promise<void> => {
  const { eventbridge } = endpoints
  const request = {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSEvents.PutEvents',
    },
    body: JSON.stringify({
      Entries: [{ Source: source, DetailType: detailType, Detail: JSON.stringify(detail) }],
    }),
  }
  const headers = await signedHeaders('events', eventbridge, request, credentials)
  const answer = await fetch(eventbridge, { ...request, headers })
  if (!answer.ok) throw new Error(`PutEvents answered ${answer.status}.`)
}
