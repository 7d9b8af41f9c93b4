import { randomUUID } from 'node:crypto'
import type { EventBridgeEvent } from 'aws-lambda'
import { record } from './record.ts'

const instance = randomUUID()

/** Keeps every event that reaches it. */
export const handler = async (event: EventBridgeEvent<string, object>): Promise<void> => {
  await record('events', randomUUID(), { event, instance })
}
