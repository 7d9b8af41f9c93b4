import { assetService, runExportService } from '../asset-composition.ts'
import { assetEndpoints } from '../asset-endpoints.ts'
import { planners } from '../media-planners.ts'

export const handler = assetEndpoints(assetService(planners), runExportService())
