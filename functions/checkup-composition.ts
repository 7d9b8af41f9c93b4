import { listModels } from '../shared/clients/openai/model-list.ts'
import { configuredModerator } from '../shared/clients/openai/moderation.ts'
import { searchRoutes } from '../shared/clients/search/select-search.ts'
import { systemClock } from '../shared/platform/clock.ts'
import { modelBaseUrl } from '../shared/platform/model-settings.ts'
import {
  type CheckupDependencies,
  createCheckupService,
} from '../shared/services/checkup/checkup-service.ts'

const usual: CheckupDependencies = {
  clock: systemClock,
  listModels,
  retryPauseMs: 3_000,
  searchRoutes,
  // OpenAI's own moderation is free; of another server nothing is known.
  moderator: () => (modelBaseUrl() === undefined ? configuredModerator() : undefined),
}

/** What is checked of a deployment every day. */
export const checkupService = (dependencies: Partial<CheckupDependencies> = {}) =>
  createCheckupService({ ...usual, ...dependencies })
