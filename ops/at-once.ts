/** What an operator's command asks of the table and the bucket at once, however much there is. */
export const atOnce = 8

/** Maps each of some, at most so many at once; the order stays. @throws the first failure */
export const mapEach = async <T, R>(
  some: readonly T[],
  map: (one: T) => Promise<R>,
  limit = atOnce,
): Promise<R[]> => {
  const mapped: R[] = []
  const waiting = some.entries()
  const work = async (): Promise<void> => {
    for (const [index, one] of waiting) mapped[index] = await map(one)
  }
  await Promise.all(Array.from({ length: limit }, work))
  return mapped
}
