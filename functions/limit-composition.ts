import { inBlocks } from '../shared/repositories/limit-blocks.ts'
import { createLimitRepository } from '../shared/repositories/limit-repository.ts'
import { createOpenRunRepository } from '../shared/repositories/open-run-repository.ts'
import { createRunOutputRepository } from '../shared/repositories/run-output-repository.ts'
import { createLimitService } from '../shared/services/limits/limit-service.ts'
import { createRunLimits } from '../shared/services/limits/run-limits.ts'
import { type Limited, limited } from './clients.ts'

/** The rates by which callers are limited. */
export const limitService = ({ store, clock, limits }: Limited = limited()) =>
  createLimitService({
    clock,
    limits,
    counters: inBlocks(createLimitRepository(store, clock), clock),
  })

export const runLimits = ({ store, clock, limits }: Limited) =>
  createRunLimits({
    clock,
    limits,
    openRuns: createOpenRunRepository(store, clock),
    runs: createRunOutputRepository(store, clock),
  })
