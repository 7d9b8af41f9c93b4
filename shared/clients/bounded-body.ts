/** The bytes of an answer's body; undefined as soon as there are more than `limit`, or are said to be. */
export const boundedBody = async (
  response: Response,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  if (Number(response.headers.get('content-length')) > limit) {
    await response.body?.cancel()
    return undefined
  }
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of response.body ?? []) {
    length += piece.length
    if (length > limit) return undefined
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
