import * as z from 'zod'
import type { AwsOperations } from '../aws/aws-json.ts'
import type { EventBus } from './event-bus.ts'

const putEventsInput = z.object({
  Entries: z
    .array(
      z.object({
        Source: z.string().optional(),
        DetailType: z.string().optional(),
        Detail: z.string().optional(),
        Resources: z.array(z.string()).optional(),
        /** Seconds since the epoch. */
        Time: z.number().optional(),
      }),
    )
    .min(1)
    .max(10),
})

type Entry = z.infer<typeof putEventsInput>['Entries'][number]

const detailSchema = z.record(z.string(), z.unknown())

/** The EventBridge API, as far as it puts events on the default bus. */
export const eventOperations = (bus: EventBus): AwsOperations => ({
  PutEvents(value) {
    const entries = putEventsInput.parse(value).Entries.map((entry) => put(bus, entry))
    return {
      FailedEntryCount: entries.filter((entry) => 'ErrorCode' in entry).length,
      Entries: entries,
    }
  },
})

const put = (bus: EventBus, entry: Entry): object => {
  const { Source, DetailType, Detail, Resources, Time } = entry
  if (!Source || !DetailType || Detail === undefined) {
    return {
      ErrorCode: 'InvalidArgument',
      ErrorMessage: 'Source, DetailType and Detail are needed',
    }
  }
  const detail = parseDetail(Detail)
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }
  const EventId = bus.publish({
    source: Source,
    detailType: DetailType,
    detail,
    ...(Resources && { resources: Resources }),
    ...(Time !== undefined && { time: new Date(Time * 1000) }),
  })
  return { EventId }
}

const parseDetail = (text: string): Record<string, unknown> | undefined => {
  try {
    return detailSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
