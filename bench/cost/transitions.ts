import * as z from 'zod'

interface State {
  Type: string
  Next?: string | undefined
  Default?: string | undefined
  Choices?: { Next?: string | undefined; Variable?: string | undefined }[] | undefined
  Branches?: Machine[] | undefined
}
interface Machine {
  StartAt: string
  States: Record<string, State>
}

const State: z.ZodType<State> = z.looseObject({
  Type: z.string(),
  Next: z.string().optional(),
  Default: z.string().optional(),
  Choices: z
    .array(z.looseObject({ Next: z.string().optional(), Variable: z.string().optional() }))
    .optional(),
  get Branches() {
    return z.array(Machine).optional()
  },
})
const Machine: z.ZodType<Machine> = z.looseObject({
  StartAt: z.string(),
  States: z.record(z.string(), State),
})

/**
 * Transitions that a Standard execution is billed which starts at the first stage and fails nowhere: one for each
 * state that is entered, those of parallel branches too. A choice takes its first way, or its default in a branch.
 * @param definition the machine as JSON text
 */
export const standardTransitions = (definition: string): { transitions: number; tasks: number } => {
  const walk = (machine: Machine, isBranch: boolean): { transitions: number; tasks: number } => {
    const sum = { transitions: 0, tasks: 0 }
    for (let name: string | undefined = machine.StartAt; name !== undefined; ) {
      const state: State | undefined = machine.States[name]
      if (!state) throw new Error(`The machine has no state ${name}.`)
      sum.transitions += 1
      if (state.Type === 'Task') sum.tasks += 1
      for (const branch of state.Branches ?? []) {
        const inner = walk(branch, true)
        sum.transitions += inner.transitions
        sum.tasks += inner.tasks
      }
      const first = state.Choices?.[0]?.Next
      name = state.Type === 'Choice' ? (isBranch ? state.Default : first) : state.Next
    }
    return sum
  }
  return walk(Machine.parse(JSON.parse(definition)), false)
}
