import { listModels } from '../../shared/clients/openai/model-list.ts'
import { configuredModerator } from '../../shared/clients/openai/moderation.ts'
import { searchRoutes } from '../../shared/clients/search/select-search.ts'
import { systemClock } from '../../shared/platform/clock.ts'
import { setting } from '../../shared/platform/environment.ts'
import { environmentNames } from '../../shared/platform/environment-names.ts'
import { modelBaseUrl } from '../../shared/platform/model-settings.ts'
import type { Finding } from '../../shared/rules/checkup/findings.ts'
import { createCheckupService, guarded } from '../../shared/services/checkup/checkup-service.ts'
import { untriedSearch } from '../../shared/services/checkup/search-check.ts'
import { checkFiles } from './file-check.ts'
import { mediaCapabilities } from './media-capabilities.ts'
import { hostedSearch, modelCapabilities } from './model-capabilities.ts'
import { checkSettings } from './setting-check.ts'

const quotas: Finding = {
  code: 'QUOTA_NONE',
  subject: 'quotas',
  found: 'not applicable on this machine; name a deployment with --outputs or --stack',
}

/** Without a server there is nothing to ask. */
const hasModel = (): boolean =>
  setting(environmentNames.openaiApiKey) !== undefined || modelBaseUrl() !== undefined

/**
 * Everything that a studio on this machine depends on. Asks servers, one of them for a few short answers of the
 * models that are set. Never rejects.
 */
export const localCheckup = async (): Promise<Finding[]> => {
  // On this machine also what may cost something is tried: one word, and one search.
  const service = createCheckupService({
    clock: systemClock,
    listModels,
    retryPauseMs: 1_000,
    searchRoutes,
    moderator: configuredModerator,
    hostedSearch: hasModel() ? hostedSearch : untriedSearch,
  })
  const own = await Promise.all([
    guarded('settings', async () => checkSettings(process.env)),
    guarded('files', () => checkFiles()),
    guarded('media', mediaCapabilities),
    hasModel() ? guarded('model', modelCapabilities) : [],
    service.findings(),
  ])
  return [...own.flat(), quotas]
}
