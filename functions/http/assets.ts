import { assetService, runExportService } from '../asset-composition.ts'
import { assetEndpoints } from '../asset-endpoints.ts'

export const handler = assetEndpoints(assetService(), runExportService())
