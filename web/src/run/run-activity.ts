import type { RunState } from '../../../shared/client/reduce/index.ts'

export const isActive = ({ state }: Pick<RunState, 'state'>): boolean =>
  state === 'RUN_RESEARCH' || state === 'GEN_STRATEGY' || state === 'GEN_CREATIVES'
