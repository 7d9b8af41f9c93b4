import { assetEndpoints } from '../asset-endpoints.ts'
import { assetService } from '../media-composition.ts'

export const handler = assetEndpoints(assetService())
