import { assetService } from '../asset-composition.ts'
import { assetEndpoints } from '../asset-endpoints.ts'

export const handler = assetEndpoints(assetService())
