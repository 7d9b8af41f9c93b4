interface BusEvent {
  source: string
  detailType: string
  detail: unknown
}

/** Puts an event on the default bus of an engine, as a service of AWS does. */
export const putEvent = async (
  endpoint: string,
  { source, detailType, detail }: BusEvent,
): Promise<void> => {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: 'AWS4-HMAC-SHA256',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSEvents.PutEvents',
    },
    body: JSON.stringify({
      Entries: [{ Source: source, DetailType: detailType, Detail: JSON.stringify(detail) }],
    }),
  })
  if (!answer.ok) throw new Error(`PutEvents answered ${answer.status}.`)
}
