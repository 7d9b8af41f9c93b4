/** How something that is open stands. */
export type Verdict =
  /** It stands still, and nothing of the product will move it. */
  | 'stands'
  /** It stands still, and the next sweep repairs it. */
  | 'next_sweep'
  | 'works'

/** Something open, and why it is where it is. */
export interface Finding {
  kind:
    | 'run'
    | 'turn'
    | 'voice turn'
    | 'asset'
    | 'export'
    | 'end'
    | 'webhook'
    | 'deliveries'
    | 'dead letters'
  id: string
  /** `owner`: it stands still, and its owner alone can mend it. */
  verdict: Verdict | 'owner'
  /** Its last change. */
  since: string
  /** Where it stands. */
  where: string
  /** Why it is there, and why the sweeper left it. */
  why: string
  /** What to do, mostly a command. */
  next?: string
  session_id?: string
  run_id?: string
  /** Jobs that wait for it. */
  jobs?: string[]
}

/** The sweeper comes once a minute; what it should have repaired for longer than two sweeps it does not repair. */
export const overdueMs = 150_000

export const notSwept =
  'The sweeper comes once a minute, and has not repaired it for longer than two of its sweeps: it does not run, or its repair fails.'

export const lookAtSweeper =
  'Look at the lines of Sweeper (kind sweep, and “recovery failed”); its schedule may be disabled, or its table refuse it.'
