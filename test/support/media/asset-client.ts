import type { AssetType, AssetView } from '../../../shared/contracts/assets.ts'
import type { StudioEvent } from '../../../shared/contracts/events.ts'
import type { Answer, Client } from '../studio/client.ts'
import { waitForEvent } from '../studio/client.ts'
import { readySession, type Studio, scriptRun } from '../studio/studio.ts'

/** A session with a finished run. */
export const finishedRun = async (studio: Pick<Studio, 'origin' | 'model'>) => {
  const session = await readySession(studio)
  scriptRun(studio.model)
  const { body } = await session.client.post(`/api/runs/${session.sessionId}/generate`)
  await waitForEvent(session.client, session.sessionId, ({ type }) => type === 'run.completed')
  return {
    ...session,
    runId: body.run_id as string,
    assetsOf: assetsOf(session.client, session.sessionId, body.run_id),
  }
}

const assetsOf = (client: Client, sessionId: string, runId: string) => {
  const path = `/api/runs/${runId}/assets`
  return {
    path,
    request: (body: object = {}, headers?: Record<string, string>): Promise<Answer> =>
      client.post(`${path}/generate/async`, body, headers),
    estimate: (body: object = {}): Promise<Answer> => client.post(`${path}/estimate`, body),
    list: async (): Promise<AssetView[]> => (await client.get(path)).body.assets,
    view: (assetId: string): Promise<Answer> => client.get(`${path}/${assetId}`),
    /** Waits until a job has ended, by its events. */
    ended: (jobId: string): Promise<StudioEvent> =>
      waitForEvent(
        client,
        sessionId,
        (event) =>
          event.type === 'job.updated' &&
          event.data.job_id === jobId &&
          !['queued', 'running'].includes(event.data.status),
      ),
  }
}

/** One asset of each type. */
export const byType = (assets: readonly AssetView[]): Partial<Record<AssetType, AssetView>> =>
  Object.fromEntries(assets.map((asset) => [asset.asset_type, asset]))
