import type { Studio } from '../../shared/client/index.ts'
import type { ResponsesRoute } from '../support/model-server/model-server.ts'

/** Where the suite runs: what it may expect, and what it has to leave out. */
export interface Target {
  name: 'local' | 'ministack' | 'aws'
  /** The deployment's one origin; known once the first test begins. */
  origin(): string
  /** A caller that has no token yet. */
  caller(): Studio
  /** The model, where it is the rehearsal's; a real one says what it wants and cannot be told to fail. */
  model(): Pick<ResponsesRoute, 'script' | 'open'> | undefined
  /** Why a part of the suite is not tried here; undefined where it is. */
  without(part: Part): string | undefined
}

/** Parts of the suite that not every target can do. */
export type Part = 'fail-and-resume' | 'narration' | 'streaming'
