import { once } from '../shared/clients/idempotency.ts'
import { assetRoutes as routes } from '../shared/contracts/http/asset-routes.ts'
import { exportRoutes } from '../shared/contracts/http/export-routes.ts'
import { Reply } from '../shared/platform/http-answer.ts'
import { endpoint, httpHandler } from '../shared/platform/http-handler.ts'
import type { RunExportService } from '../shared/services/export/run-export-service.ts'
import { addressOf } from '../shared/services/limits/address-of.ts'
import type { AssetService } from '../shared/services/media/asset-service.ts'
import { identify } from '../shared/services/sessions/principal-service.ts'
import { localeOf } from './locale-composition.ts'

/** The routes of assets and exports over services, which tests compose with other planners. */
export const assetEndpoints = (assets: AssetService, exports: RunExportService) =>
  httpHandler(
    [
      endpoint(routes.generateAssets, async ({ params, principal, body, caller }) => {
        const { job, asset_ids } = await assets.request(params.run_id, principal, body, caller)
        const { job_id, run_id, session_id, state } = job
        const headers = { location: `/api/jobs/${job_id}` }
        const status = state?.status ?? 'queued'
        return new Reply({ job_id, run_id, session_id, status, asset_ids }, { headers })
      }),
      endpoint(routes.estimateAssets, ({ params, principal, body }) =>
        assets.estimate(params.run_id, principal, body),
      ),
      endpoint(routes.listAssets, async ({ params: { run_id }, principal }) => ({
        run_id,
        assets: await assets.list(run_id, principal),
      })),
      endpoint(routes.getAsset, ({ params, principal }) =>
        assets.view(params.run_id, principal, params.asset_id),
      ),
      endpoint(routes.deleteAsset, async ({ params, principal }) => {
        await assets.delete(params.run_id, principal, params.asset_id)
        return undefined
      }),
      endpoint(routes.cancelJob, async ({ params, principal }) => {
        const { job_id, run_id, session_id, status } = await assets.cancel(params.job_id, principal)
        return { job_id, run_id, session_id, status }
      }),
      endpoint(exportRoutes.exportRun, async ({ params, principal, body, caller }) => {
        const { job, export_id } = await exports.request(params.run_id, principal, body, caller)
        const { job_id, run_id, session_id, state } = job
        const headers = { location: `/api/jobs/${job_id}` }
        const status = state?.status ?? 'queued'
        return new Reply({ job_id, export_id, run_id, session_id, status }, { headers })
      }),
      endpoint(exportRoutes.getExport, ({ params, principal }) =>
        exports.view(params.run_id, principal, params.export_id),
      ),
      endpoint(exportRoutes.listExports, async ({ params: { run_id }, principal }) => ({
        run_id,
        exports: await exports.list(run_id, principal),
      })),
      endpoint(exportRoutes.deleteExport, async ({ params, principal }) => {
        await exports.delete(params.run_id, principal, params.export_id)
        return undefined
      }),
    ],
    { identify, addressOf, once, localeOf: localeOf() },
  )
