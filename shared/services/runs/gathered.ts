/**
 * Does together what is asked for in the same moment, before anything that waits goes on: with one write
 * instead of several that would meet each other. What fails, fails for all of them.
 * @param work answers each of what was asked for, in its order
 */
export const gathered = <Asked, Answer>(
  work: (asked: Asked[]) => Promise<Answer[]>,
): ((asked: Asked) => Promise<Answer>) => {
  let waiting: { asked: Asked; answer: PromiseWithResolvers<Answer> }[] = []
  const flush = async (): Promise<void> => {
    const batch = waiting
    waiting = []
    try {
      const answers = await work(batch.map(({ asked }) => asked))
      for (const [index, answer] of answers.entries()) batch[index]?.answer.resolve(answer)
    } catch (error) {
      for (const { answer } of batch) answer.reject(error)
    }
  }
  return (asked) => {
    const answer = Promise.withResolvers<Answer>()
    waiting.push({ asked, answer })
    if (waiting.length === 1) queueMicrotask(flush)
    return answer.promise
  }
}
