import { createHash } from 'node:crypto'
import type { AssetType, PlacementId } from '../../contracts/assets.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { AssetRequest } from '../../contracts/http/asset-routes.ts'
import type { Asset, AssetSettings } from '../../repositories/media-asset-repository.ts'
import type { RunWithStages } from '../../repositories/run-output-repository.ts'
import { placementUse } from '../../rules/placements/placements.ts'
import { placementsFor } from '../../rules/placements/placements-for.ts'

/** An asset that a request means, whether or not it is there. */
export interface AssetDraft
  extends Pick<
    Asset,
    | 'asset_id'
    | 'asset_type'
    | 'placement'
    | 'poster_spec_id'
    | 'note'
    | 'replaces'
    | 'sources'
    | 'settings'
  > {
  /** The asset itself, when there is one. */
  existing: Asset | undefined
}

const idAlphabet = '0123456789abcdefghijkmnopqrstuvw'
const idCharacters = 26

type DraftContent = Omit<AssetDraft, 'asset_id' | 'existing'>

/**
 * An asset's id is the digest of what it is made from, so that two requests at once cannot make two of one
 * asset: five bits of it for each character.
 */
const idOf = (runId: string, draft: DraftContent): string => {
  const { asset_type, placement, poster_spec_id, note, replaces, sources, settings } = draft
  const { preset, pace, recording, captions } = settings
  const digest = createHash('sha256')
    .update(
      JSON.stringify([
        ...['v1', runId, asset_type, placement, poster_spec_id, note, replaces],
        ...[sources, preset, pace, recording, captions],
      ]),
    )
    .digest()
  const characters = Array.from(
    { length: idCharacters },
    (_, index) => idAlphabet[(digest[index] ?? 0) % idAlphabet.length],
  )
  return `asset_${characters.join('')}`
}

const isUsable = ({ status }: Asset): boolean => status !== 'failed' && status !== 'cancelled'

const newestFirst = (one: Asset, other: Asset): number =>
  other.created_at.localeCompare(one.created_at) || other.asset_id.localeCompare(one.asset_id)

const sameSources = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id))

const noWishes: AssetSettings = { preset: null, pace: null, recording: null, captions: true }

/** Which settings count for a type: a poster has no voice. */
const settingsFor = (type: AssetType, wished: AssetSettings): AssetSettings => {
  if (type === 'poster') return noWishes
  return type === 'video' ? wished : { ...wished, captions: true }
}

interface Planning {
  run: RunWithStages
  request: AssetRequest
  assets: readonly Asset[]
  settings: AssetSettings
  /** Whether the caller wished for a voice: otherwise any narration that is there will do. */
  voiceWished: boolean
  captionsWished: boolean
  drafts: Map<string, AssetDraft>
}

type Slot = Pick<DraftContent, 'asset_type' | 'placement' | 'poster_spec_id' | 'sources'>

const settingsMatch = (planning: Planning, asset: Asset): boolean => {
  const { settings, voiceWished, captionsWished } = planning
  const wished = settingsFor(asset.asset_type, settings)
  const { preset, pace, recording, captions } = asset.settings
  const sameVoice =
    preset === wished.preset && pace === wished.pace && recording === wished.recording
  return (
    asset.asset_type === 'poster' ||
    ((!voiceWished || sameVoice) && (!captionsWished || captions === wished.captions))
  )
}

/** The newest version of an asset that can be used, or else the newest that failed. */
const currentOf = (planning: Planning, slot: Slot): Asset | undefined => {
  const versions = planning.assets
    .filter(
      (asset) =>
        asset.asset_type === slot.asset_type &&
        asset.placement === slot.placement &&
        asset.poster_spec_id === slot.poster_spec_id &&
        sameSources(asset.sources, slot.sources) &&
        settingsMatch(planning, asset),
    )
    .sort(newestFirst)
  return versions.find(isUsable) ?? versions[0]
}

const keep = (planning: Planning, draft: AssetDraft): AssetDraft => {
  const known = planning.drafts.get(draft.asset_id)
  if (known) return known
  planning.drafts.set(draft.asset_id, draft)
  return draft
}

const asDraft = (existing: Asset): AssetDraft => {
  const { asset_id, asset_type, placement, poster_spec_id, note, replaces, sources, settings } =
    existing
  return {
    ...{ asset_id, asset_type, placement, poster_spec_id, note, replaces, sources, settings },
    existing,
  }
}

/** The asset of a slot: what is there already, or a new one. */
const draftFor = (planning: Planning, slot: Slot): AssetDraft => {
  const current = currentOf(planning, slot)
  if (current) return keep(planning, asDraft(current))
  const settings = settingsFor(slot.asset_type, planning.settings)
  const content = { ...slot, note: null, replaces: null, settings }
  const asset_id = idOf(planning.run.run.run_id, content)
  return keep(planning, { ...content, asset_id, existing: undefined })
}

const poster = (planning: Planning, spec: string, placement: PlacementId): AssetDraft =>
  draftFor(planning, { asset_type: 'poster', placement, poster_spec_id: spec, sources: [] })

/** Undefined for a film without a voice. */
const narration = (planning: Planning): AssetDraft | undefined =>
  planning.settings.recording === 'none'
    ? undefined
    : draftFor(planning, {
        asset_type: 'narration',
        placement: null,
        poster_spec_id: null,
        sources: [],
      })

const idsOf = (drafts: readonly (AssetDraft | undefined)[]): string[] =>
  drafts.flatMap((draft) => (draft ? [draft.asset_id] : []))

const subtitles = (planning: Planning): AssetDraft =>
  draftFor(planning, {
    asset_type: 'subtitles',
    placement: null,
    poster_spec_id: null,
    sources: idsOf([narration(planning)]),
  })

const specsOf = ({ run }: Planning): string[] =>
  (run.stages.creative?.output?.poster_specs ?? []).map(({ id }) => id)

const placementsOf = ({ run, request }: Planning): PlacementId[] =>
  request.placements ?? placementsFor(run.run.brief['channel.channels'])

/** The posters that a film shows: those of its own placement, or of all when that takes none. */
const postersFor = (planning: Planning, placement: PlacementId): AssetDraft[] => {
  const own = placementUse(placement).takes.includes('poster')
  const usual = placementsFor(planning.run.run.brief['channel.channels'])
  const from = own ? [placement] : usual.filter((id) => placementUse(id).takes.includes('poster'))
  return specsOf(planning).flatMap((spec) => from.map((id) => poster(planning, spec, id)))
}

const videoSources = (planning: Planning, placement: PlacementId): string[] =>
  idsOf([narration(planning), subtitles(planning), ...postersFor(planning, placement)])

const video = (planning: Planning, placement: PlacementId): AssetDraft =>
  draftFor(planning, {
    asset_type: 'video',
    placement,
    poster_spec_id: null,
    sources: videoSources(planning, placement),
  })

/** One placement of each shape: they share a film. */
const filmPlacements = (placements: readonly PlacementId[]): PlacementId[] => {
  const shapes = new Map<string, PlacementId>()
  for (const id of placements) {
    const { takes, shape } = placementUse(id)
    if (takes.includes('video') && !shapes.has(shape)) shapes.set(shape, id)
  }
  return [...shapes.values()]
}

const planKinds = (planning: Planning, kinds: readonly AssetType[]): void => {
  const placements = placementsOf(planning)
  const forPosters = placements.filter((id) => placementUse(id).takes.includes('poster'))
  if (kinds.includes('poster')) {
    for (const spec of specsOf(planning)) {
      for (const placement of forPosters) poster(planning, spec, placement)
    }
  }
  if (kinds.includes('narration')) narration(planning)
  if (kinds.includes('subtitles')) subtitles(planning)
  if (kinds.includes('video')) {
    for (const placement of filmPlacements(placements)) video(planning, placement)
  }
}

const sourcesAgain = (planning: Planning, asset: Asset): string[] => {
  if (asset.asset_type === 'video' && asset.placement)
    return videoSources(planning, asset.placement)
  return asset.asset_type === 'subtitles' ? idsOf([narration(planning)]) : []
}

/** One asset again: itself, or a new version of it when something shall be different. */
const planAgain = (planning: Planning, assetId: string): void => {
  const { assets, request, run } = planning
  const found = assets.find(({ asset_id }) => asset_id === assetId)
  if (!found)
    throw new StudioError('ASSET_NOT_FOUND', 'There is no asset with this id in this run.')
  const own: Planning = { ...planning, settings: mergedSettings(found.settings, request) }
  const sources = sourcesAgain(own, found)
  const settings = settingsFor(found.asset_type, own.settings)
  const isSame = request.note === undefined && settingsMatch({ ...own, settings }, found)
  if (isSame) {
    keep(planning, { ...asDraft(found), ...(isUsable(found) ? {} : { sources }) })
    return
  }
  const { asset_type, placement, poster_spec_id } = found
  const content: DraftContent = {
    ...{ asset_type, placement, poster_spec_id, sources, settings },
    note: request.note ?? null,
    replaces: assetId,
  }
  const asset_id = idOf(run.run.run_id, content)
  const existing = assets.find((asset) => asset.asset_id === asset_id)
  keep(planning, { ...content, asset_id, existing })
}

const mergedSettings = (base: AssetSettings, { voice, captions }: AssetRequest): AssetSettings => ({
  preset: voice?.preset ?? base.preset,
  pace: voice?.pace ?? base.pace,
  recording: voice?.recording ?? base.recording,
  captions: captions ?? base.captions,
})

/** What of a run each type is made from. */
const canBeMade = ({ stages: { creative, voice } }: RunWithStages, type: AssetType): boolean => {
  const written = { creative: creative?.output !== undefined, voice: voice?.output !== undefined }
  if (type === 'poster') return written.creative
  return type === 'video' ? written.creative && written.voice : written.voice
}

const allKinds: readonly AssetType[] = ['poster', 'narration', 'subtitles', 'video']

/**
 * The assets that a request means, each behind what it is made from: those that are there, and new ones.
 * @throws StudioError RUN_NOT_READY, ASSET_NOT_FOUND
 */
export const planAssets = (
  run: RunWithStages,
  request: AssetRequest,
  assets: readonly Asset[],
): AssetDraft[] => {
  const planning: Planning = {
    ...{ run, request, assets },
    settings: mergedSettings(noWishes, request),
    voiceWished: request.voice !== undefined,
    captionsWished: request.captions !== undefined,
    drafts: new Map(),
  }
  if (request.asset_id !== undefined) planAgain(planning, request.asset_id)
  else {
    const kinds = (request.kinds ?? allKinds).filter((kind) => canBeMade(run, kind))
    if (kinds.length < (request.kinds?.length ?? 1)) {
      throw new StudioError(
        'RUN_NOT_READY',
        'The run has not written what these assets are made from.',
      )
    }
    planKinds(planning, kinds)
  }
  return [...planning.drafts.values()]
}
