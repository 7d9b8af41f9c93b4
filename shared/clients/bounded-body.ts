/** The bytes of an answer's body; undefined as soon as there are more than `limit`. */
export const boundedBody = async (
  response: Response,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of response.body ?? []) {
    length += piece.length
    if (length > limit) return undefined
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
