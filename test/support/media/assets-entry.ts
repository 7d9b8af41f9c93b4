import { assetEndpoints } from '../../../functions/asset-endpoints.ts'
import { assetService } from '../../../functions/media-composition.ts'
import { scriptedPlanners } from './scripted-makers.ts'

/** The routes of assets with other planners. */
export const handler = assetEndpoints(assetService(scriptedPlanners))
