import { configuredModerator } from '../shared/clients/openai/moderation.ts'
import { type Clock, systemClock } from '../shared/platform/clock.ts'
import {
  type CopyRules,
  createCopySafetyService,
} from '../shared/services/safety/copy-safety-service.ts'

/** Large tables of patterns, which are loaded when a text has to be judged. */
const rules = async (): Promise<CopyRules> => {
  const [{ judgeCopy, prepareJudge }, { productTypesOf }, { packVersion }] = await Promise.all([
    import('../shared/rules/copy-safety/judge.ts'),
    import('../shared/rules/copy-safety/product-type.ts'),
    import('../shared/rules/copy-safety/pack.ts'),
  ])
  return { judgeCopy, prepareJudge, productTypesOf, packVersion }
}

/** Apart from the rest of the composition, so that the filter alone loads none of it. */
export const copySafetyService = ({ clock }: { clock: Clock } = { clock: systemClock }) =>
  createCopySafetyService({ clock, rules, moderator: configuredModerator })
