import { assetEndpoints } from '../asset-endpoints.ts'
import { assetService } from '../media-composition.ts'
import { planners } from '../media-planners.ts'

export const handler = assetEndpoints(assetService(planners))
