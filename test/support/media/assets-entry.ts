import { assetService, runExportService } from '../../../functions/asset-composition.ts'
import { assetEndpoints } from '../../../functions/asset-endpoints.ts'
import { scriptedPlanners } from './scripted-makers.ts'

/** The routes of assets with other planners. */
export const handler = assetEndpoints(assetService(scriptedPlanners), runExportService())
