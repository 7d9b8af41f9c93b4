import { checkupService } from '../../functions/checkup-composition.ts'
import { configuredModerator } from '../../shared/clients/openai/moderation.ts'
import type { Finding } from '../../shared/rules/checkup/findings.ts'
import { guarded } from '../../shared/services/checkup/checkup-service.ts'
import { checkFiles } from './file-check.ts'
import { mediaCapabilities } from './media-capabilities.ts'
import { modelCapabilities } from './model-capabilities.ts'
import { checkSettings } from './setting-check.ts'

const quotas: Finding = {
  code: 'QUOTA_NONE',
  subject: 'quotas',
  found: 'not applicable on this machine; name a deployment with --outputs or --stack',
}

const collected = async (findings: AsyncIterable<Finding>): Promise<Finding[]> => {
  const all: Finding[] = []
  for await (const finding of findings) all.push(finding)
  return all
}

const isKeyMissing = ({ code, subject }: Finding): boolean =>
  code === 'SECRET_MISSING' && subject === 'OPENAI_API_KEY'

/**
 * Everything that a studio on this machine depends on. Asks servers, one of them for a few short answers of the
 * models that are set. Never rejects.
 */
export const localCheckup = async (): Promise<Finding[]> => {
  // On this machine also a moderation that may cost something is tried: it judges one word.
  const service = checkupService({ moderator: configuredModerator })
  const shared: Finding[] = []
  for await (const some of service.findings()) shared.push(...some)
  const own = await Promise.all([
    guarded('settings', async () => checkSettings(process.env)),
    guarded('files', () => checkFiles()),
    guarded('media', mediaCapabilities),
    shared.some(isKeyMissing) ? [] : guarded('model', () => collected(modelCapabilities())),
  ])
  return [...own.flat(), ...shared, quotas]
}
