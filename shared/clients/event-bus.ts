import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'

export interface BusEvent {
  source: string
  detailType: string
  detail: object
  /** ISO 8601. */
  time: string
}

export interface EventBus {
  /** Puts one event on the account's default bus, once or, when an answer is lost, more often. */
  put(event: BusEvent): Promise<void>
}

let client: EventBridgeClient | undefined

/** The default bus, where any stack’s rules in the account find it without a setting. */
export const eventBus: EventBus = {
  async put({ source, detailType, detail, time }) {
    client ??= new EventBridgeClient({})
    const entry = {
      Source: source,
      DetailType: detailType,
      Detail: JSON.stringify(detail),
      Time: new Date(time),
    }
    const { FailedEntryCount = 0, Entries } = await client.send(
      new PutEventsCommand({ Entries: [entry] }),
    )
    // The call succeeds although the entry did not.
    if (FailedEntryCount > 0) {
      throw new Error(`The event was not taken: ${Entries?.[0]?.ErrorCode}.`)
    }
  },
}
