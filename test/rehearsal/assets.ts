import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AssetView } from '../../shared/contracts/assets.ts'
import type { AssetRequest } from '../../shared/contracts/http/asset-routes.ts'
import { routes } from '../../shared/contracts/http.ts'
import type { Client } from '../support/studio/client.ts'
import { expected } from './expected.ts'
import type { LogFollower } from './follow-log.ts'
import type { Transcript } from './transcript.ts'

/** What the rehearsal has made: a feed's posters, the spoken script with captions, and one vertical film. */
const wishes: readonly AssetRequest[] = [
  { kinds: ['poster', 'narration', 'subtitles'], placements: ['instagram_feed_4x5'] },
  { kinds: ['video'], placements: ['instagram_reels_9x16'] },
]

/** A finished file, copied out of the studio's data. */
export interface CopiedFile {
  path: string
  /** What it is, for people. */
  about: string
}

export interface MadeAssets {
  files: CopiedFile[]
  /** One line for each asset that could not be made: its stage and its cause. */
  failures: string[]
}

interface Stage {
  client: Client
  log: LogFollower
  transcript: Transcript
}

const estimate = async ({ client, transcript }: Stage, at: string): Promise<void> => {
  for (const wish of wishes) {
    const answer = expected(await client.post(`${at}/estimate`, wish), 200, 'The estimate')
    const { assets, total, without_price, with_unverified_price } =
      routes.estimateAssets.answer.parse(answer.body)
    const missing = assets.flatMap(({ not_configured }) => not_configured ?? [])
    const purchases = assets.flatMap((asset) => asset.purchases.filter(({ bought }) => !bought))
    const price = total === null ? '' : `, 합계 ${total.amount} ${total.currency}`
    transcript.note(
      '견적',
      `${(wish.kinds ?? []).join(', ')}: 파일 ${assets.length}벌, 구매 ${purchases.length}건${price}, 값을 모르는 구매 ${without_price}건, 확인되지 않은 값 ${with_unverified_price}건`,
    )
    for (const cause of new Set(missing)) transcript.note('견적', cause)
  }
}

/** Has everything made at once, and waits for the jobs' last events. */
const make = async ({ client, log }: Stage, at: string): Promise<void> => {
  const over = new Set(['completed', 'failed', 'cancelled'])
  for (const wish of wishes) {
    const accepted = expected(await client.post(`${at}/generate/async`, wish), 202, 'The assets')
    const { job_id } = routes.generateAssets.answer.parse(accepted.body)
    await log.until(
      ({ type, data }) =>
        type === 'job.updated' &&
        'job_id' in data &&
        data.job_id === job_id &&
        over.has(String(data.status)),
    )
  }
}

const measured = ({ width, height, duration_ms, bytes }: AssetView['files'][number]): string =>
  [
    ...(width === null ? [] : [`${width}x${height}`]),
    ...(duration_ms === null ? [] : [`${(duration_ms / 1000).toFixed(1)}초`]),
    `${(bytes / 1000).toFixed(0)} KB`,
  ].join(', ')

const copy = async (file: AssetView['files'][number], path: string): Promise<void> => {
  const response = await fetch(file.url)
  const bytes = Buffer.from(await response.arrayBuffer())
  const digest = createHash('sha256').update(bytes).digest('hex')
  if (!response.ok || digest !== file.sha256) {
    throw new Error(`The link of ${file.name} answered ${response.status}, ${bytes.length} bytes.`)
  }
  // No file of one asset may take the place of another's.
  await writeFile(path, bytes, { flag: 'wx' })
}

const failureOf = ({ asset_type, placement, stage, error }: AssetView): string => {
  const what = placement === null ? asset_type : `${asset_type} ${placement}`
  return `${what}: ${stage}, ${error?.code}: ${error?.detail ?? error?.message}`
}

/** Whatever a vendor made, the rehearsal's model did: nothing of the rehearsal may name another. */
const checkProvider = ({ asset_id, provenance }: AssetView): void => {
  const provider = provenance?.provider ?? null
  if (provider === 'rehearsal') return
  if (provider === null && provenance?.purchases.length === 0) return
  throw new Error(`${asset_id} names ${provider} as its provider.`)
}

/**
 * Has a finished run's files made as any caller would: asks what they cost, orders them, follows their events,
 * and copies what is finished into `folder`, which is there.
 * @throws Error that says what did not go as it should; an asset that failed is told, not thrown
 */
export const makeAssets = async (
  stage: Stage,
  runId: string,
  folder: string,
): Promise<MadeAssets> => {
  const at = `/api/runs/${runId}/assets`
  await estimate(stage, at)
  await make(stage, at)
  const { body } = expected(await stage.client.get(at), 200, 'The assets')
  const { assets } = routes.listAssets.answer.parse(body)
  const finished = assets.filter(({ status }) => status === 'completed')
  const files: CopiedFile[] = []
  for (const asset of finished) {
    checkProvider(asset)
    for (const file of asset.files) {
      const path = join(folder, file.name)
      await copy(file, path)
      files.push({ path, about: `${file.role}, ${measured(file)}` })
    }
  }
  const failures = assets.filter(({ status }) => status !== 'completed').map(failureOf)
  return { files, failures }
}
