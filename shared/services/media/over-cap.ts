import type { MediaStore } from '../../clients/media-store.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { CapName } from '../../contracts/spend.ts'
import { modelSettingNames } from '../../platform/environment-names.ts'
import { capSettings, spendCaps } from '../../platform/spend-settings.ts'
import type { MediaAssetRepository } from '../../repositories/media-asset-repository.ts'
import type { Asset } from '../../repositories/media-work.ts'
import type { PurchaseRepository } from '../../repositories/purchase-repository.ts'
import type { RunWithStages } from '../../repositories/run-output-repository.ts'
import { dollarsOf } from '../../rules/spend-caps.ts'
import type { AssetDraft } from './asset-draft.ts'
import { sourceFiles } from './asset-files.ts'
import type { MakingOrder, Planners, Purchase } from './asset-maker.ts'
import { voiceOf } from './asset-voice.ts'
import { purchaseDigest } from './purchase-digest.ts'
import type { FindProductPicture } from './workshop.ts'

export interface PlanningDependencies {
  assets: Pick<MediaAssetRepository, 'list'>
  purchases: Pick<PurchaseRepository, 'find'>
  media: () => Promise<MediaStore>
  planners: Planners
  productPicture: FindProductPicture
}

/** What a planner is asked about: a draft of a run, with those of its sources that are there. */
export const plannedOrder = (
  {
    run,
    existing,
    media,
  }: { run: RunWithStages; existing: readonly Asset[]; media: PlanningDependencies['media'] },
  draft: AssetDraft,
): Omit<MakingOrder, 'vendorJob'> => {
  const { placement, poster_spec_id, note, settings } = draft
  const sources = existing.filter(
    ({ asset_id, status }) => draft.sources.includes(asset_id) && status === 'completed',
  )
  const noFolder = () => Promise.reject(new Error('A plan writes no files.'))
  return {
    ...{ run, placement, note },
    posterSpecId: poster_spec_id,
    voice: voiceOf(media, run.run.session_id, settings),
    captions: settings.captions,
    sources: sourceFiles(media, sources, noFolder),
  }
}

/**
 * The refusal of an asset whose price alone is above a cap, so that no waiting helps; undefined when there is none.
 * @param purchases those that have not been bought
 */
export const overCap = (purchases: readonly Purchase[]): StudioError | undefined => {
  const micros = purchases.reduce((sum, purchase) => sum + (purchase.micros ?? 0), 0)
  const caps = spendCaps()
  const names: CapName[] = ['run', 'principal_day', 'deployment_day']
  const exceeded = names.filter((name) => micros > caps[name])
  const [cap] = exceeded
  if (cap === undefined) return undefined
  const price = dollarsOf(micros)
  const [limit] = exceeded.map((name) => dollarsOf(caps[name])).toSorted((one, two) => one - two)
  const variables = exceeded.map((name) => `${capSettings[name]} (${dollarsOf(caps[name])})`)
  const models = [...new Set(purchases.map(({ provider, model }) => `${provider} ${model}`))]
  const other = purchases.some(({ kind }) => kind === 'film')
    ? ` Or set ${modelSettingNames.videoProvider} to motion, which buys no film.`
    : ''
  return new StudioError(
    'BUDGET_EXCEEDED',
    `This costs ${price} USD (${models.join(', ')}), and nothing was bought: raise ${variables.join(' and ')}.${other}`,
    {
      cap,
      wording: {
        'ko-KR': `이 파일 하나의 가격(${price}달러)이 비용 한도(${limit}달러)보다 커서 만들지 않았습니다. 서비스 운영자가 한도를 올리거나 다른 제작 방식을 설정하면 다시 요청할 수 있습니다.`,
        'en-US': `This file alone costs ${price} USD, more than the spend limit of ${limit} USD, so it was not made. Ask for it again once the operator has raised the limit or set another way to make it.`,
      },
    },
  )
}

/**
 * The films among drafts whose price alone is above a cap, by their ids. Nothing is read for a film that is
 * within them.
 */
export const filmsOverCap = async (
  { planners, purchases, media, productPicture }: Omit<PlanningDependencies, 'assets'>,
  { run, existing }: { run: RunWithStages; existing: readonly Asset[] },
  drafts: readonly AssetDraft[],
): Promise<Map<string, StudioError>> => {
  const over = new Map<string, StudioError>()
  for (const draft of drafts.filter(({ asset_type }) => asset_type === 'video')) {
    const planner = await planners.video?.()
    if (planner === undefined) return over
    const order = plannedOrder({ run, existing, media }, draft)
    try {
      const rough = await planner.plan(order, { productPicture: async () => null })
      if (overCap(rough) === undefined) continue
      const { session_id } = run.run
      const planned = await planner.plan(order, {
        productPicture: () => productPicture(session_id),
      })
      const isOpen = await Promise.all(
        planned.map(async (purchase) => {
          const found = await purchases.find(session_id, purchaseDigest(purchase))
          return found?.status !== 'done' && found?.vendor_job === undefined
        }),
      )
      const failure = overCap(planned.filter((_, index) => isOpen[index]))
      if (failure !== undefined) over.set(draft.asset_id, failure)
    } catch (error) {
      // Its worker says so, and the rest is made.
      if (!(error instanceof StudioError) || error.code !== 'CAPABILITY_NOT_CONFIGURED') throw error
    }
  }
  return over
}
