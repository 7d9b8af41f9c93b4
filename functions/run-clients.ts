import { stateMachine } from '../shared/clients/state-machine.ts'
import { limited, type Runs } from './clients.ts'
import { log } from './log-composition.ts'

export const runs = (): Runs => ({ ...log(), ...limited(), machine: stateMachine })
