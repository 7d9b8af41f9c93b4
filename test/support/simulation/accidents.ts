/** An unforeseen error at one call of the outside world. */
export interface Accident {
  /** The number of the call, from 0. */
  at: number
  /** Whether the call had taken its effect. */
  when: 'before' | 'after'
  /** How many calls from there on meet it. */
  calls: number
}

type Method = (...given: unknown[]) => Promise<unknown>

/** The mistake of a programmer, not of a network. */
const mistake = (what: string): TypeError => new TypeError(`This was not foreseen at ${what}.`)

/**
 * Stands around the clients of a process: between two of its awaits that matter there is always a call
 * of one of them. Counts the calls, and lets the accident happen at those that it names.
 */
export const createAccidents = (accident?: Accident) => {
  const seen: string[] = []
  let counting = false
  const around =
    (name: string, method: Method): Method =>
    async (...given) => {
      if (!counting) return method(...given)
      const number = seen.push(name) - 1
      const hit =
        accident && number >= accident.at && number < accident.at + accident.calls
          ? accident.when
          : undefined
      if (hit === 'before') throw mistake(name)
      const answer = await method(...given)
      if (hit === 'after') throw mistake(name)
      return answer
    }
  return {
    /** The client with every method that it has. */
    around: <C extends object>(name: string, client: C): C =>
      Object.fromEntries(
        Object.entries(client).map(([key, value]) => [
          key,
          typeof value === 'function' ? around(`${name}.${key}`, value as Method) : value,
        ]),
      ) as C,
    /** From now on calls count. */
    begin: (): void => {
      counting = true
    },
    /** The calls so far, by client and method. */
    seen,
  }
}
