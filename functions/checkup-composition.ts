import { listModels } from '../shared/clients/openai/model-list.ts'
import { configuredModerator } from '../shared/clients/openai/moderation.ts'
import { searchRoutes } from '../shared/clients/search/select-search.ts'
import { systemClock } from '../shared/platform/clock.ts'
import { modelBaseUrl } from '../shared/platform/model-settings.ts'
import { createCheckupService } from '../shared/services/checkup/checkup-service.ts'
import { untriedSearch } from '../shared/services/checkup/search-check.ts'

/** What is checked of a deployment every day: nothing that costs a call of a model. */
export const checkupService = () =>
  createCheckupService({
    clock: systemClock,
    listModels,
    retryPauseMs: 3_000,
    searchRoutes,
    hostedSearch: untriedSearch,
    // OpenAI's own moderation is free; of another server nothing is known.
    moderator: () => (modelBaseUrl() === undefined ? configuredModerator() : undefined),
  })
