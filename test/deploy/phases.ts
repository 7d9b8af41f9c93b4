/** Says how long each part of the command took. */
export interface Phases {
  /** Does a part, and says when it is done. */
  run<T>(name: string, work: () => Promise<T>): Promise<T>
  /** One line for each part so far, and one for all. */
  summary(): string
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`

export const createPhases = (say: (line: string) => void): Phases => {
  const startedAt = performance.now()
  const done: [name: string, milliseconds: number][] = []
  return {
    async run(name, work) {
      const from = performance.now()
      try {
        return await work()
      } finally {
        const took = performance.now() - from
        done.push([name, took])
        say(`${name}: ${seconds(took)}`)
      }
    },
    summary: () =>
      [...done, ['altogether', performance.now() - startedAt] as const]
        .map(([name, milliseconds]) => `${seconds(milliseconds).padStart(8)}  ${name}`)
        .join('\n'),
  }
}
