import * as z from 'zod'
import type { InvocationRecord, Trigger } from './records.ts'

const Event = z.looseObject({
  requestContext: z
    .looseObject({
      http: z.looseObject({}).optional(),
      eventType: z.enum(['CONNECT', 'MESSAGE', 'DISCONNECT']).optional(),
      routeKey: z.string().optional(),
    })
    .optional(),
  routeKey: z.string().optional(),
  rawPath: z.string().optional(),
  Records: z.array(z.looseObject({ eventSource: z.string().optional() })).optional(),
  'detail-type': z.string().optional(),
})

const triggerOf = (event: z.infer<typeof Event>): Trigger => {
  const context = event.requestContext
  if (context?.http) return 'http'
  if (context?.eventType) {
    return ({ CONNECT: 'connect', MESSAGE: 'message', DISCONNECT: 'disconnect' } as const)[
      context.eventType
    ]
  }
  if (event.Records?.[0]?.eventSource === 'aws:sqs') return 'queue'
  return event['detail-type'] === undefined ? 'other' : 'event'
}

/** What invoked a function, by its event as JSON text. */
export const describeEvent = (
  text: string,
): Pick<InvocationRecord, 'trigger' | 'route' | 'requestBytes'> => {
  const event = Event.catch({}).parse(JSON.parse(text))
  return {
    trigger: triggerOf(event),
    route: event.routeKey ?? event.requestContext?.routeKey ?? event['detail-type'] ?? '',
    requestBytes: Buffer.byteLength(text),
  }
}
