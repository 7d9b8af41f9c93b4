import { assetService } from '../asset-composition.ts'
import { assetEndpoints } from '../asset-endpoints.ts'
import { planners } from '../media-planners.ts'

export const handler = assetEndpoints(assetService(planners))
