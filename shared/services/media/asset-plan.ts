import type { AssetType, PlacementId } from '../../contracts/assets.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { AssetRequest } from '../../contracts/http/asset-routes.ts'
import { presetsFor } from '../../contracts/speech.ts'
import type { Asset, AssetSettings } from '../../repositories/media-work.ts'
import type { RunWithStages } from '../../repositories/run-output-repository.ts'
import { placementUse } from '../../rules/placements/placements.ts'
import { placementsFor } from '../../rules/placements/placements-for.ts'
import { type AssetDraft, asDraft, type DraftContent, idOf } from './asset-draft.ts'

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
  /** The narration that an asset had which is made again, when nothing about the voice is wished for. */
  spoken?: Asset | undefined
  drafts: Map<string, AssetDraft>
}

type Slot = Pick<DraftContent, 'asset_type' | 'placement' | 'poster_spec_id' | 'sources'>

const comparedWith = ({ settings }: Planning, asset: Asset) => {
  const wished = settingsFor(asset.asset_type, settings)
  const { preset, pace, recording, captions } = asset.settings
  return {
    sameVoice: preset === wished.preset && pace === wished.pace && recording === wished.recording,
    sameCaptions: captions === wished.captions,
  }
}

const settingsMatch = (planning: Planning, asset: Asset): boolean => {
  const { voiceWished, captionsWished } = planning
  const { sameVoice, sameCaptions } = comparedWith(planning, asset)
  return (
    asset.asset_type === 'poster' ||
    ((!voiceWished || sameVoice) && (!captionsWished || sameCaptions))
  )
}

/** Whether a failed asset is what this request would make: one of another wish might fail for ever. */
const isAsWished = (planning: Planning, asset: Asset): boolean => {
  const { sameVoice, sameCaptions } = comparedWith(planning, asset)
  return asset.asset_type === 'narration' ? sameVoice : sameCaptions
}

/** The newest version of an asset that can be used, or else the newest that failed as it is wished for now. */
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
  return versions.find(isUsable) ?? versions.find((asset) => isAsWished(planning, asset))
}

const keep = (planning: Planning, draft: AssetDraft): AssetDraft => {
  const known = planning.drafts.get(draft.asset_id)
  if (known) return known
  planning.drafts.set(draft.asset_id, draft)
  return draft
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
const narration = (planning: Planning): AssetDraft | undefined => {
  const { settings, spoken } = planning
  if (settings.recording === 'none') return undefined
  if (spoken) return keep(planning, asDraft(spoken))
  return draftFor(planning, {
    asset_type: 'narration',
    placement: null,
    poster_spec_id: null,
    sources: [],
  })
}

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

/** The narration among an asset's sources, if it can be used. */
const spokenIn = (assets: readonly Asset[], { sources }: Asset): Asset | undefined =>
  assets.find(
    (asset) =>
      asset.asset_type === 'narration' && sources.includes(asset.asset_id) && isUsable(asset),
  )

/** One asset again: itself, or a new version of it when something shall be different. */
const planAgain = (planning: Planning, assetId: string): void => {
  const { assets, request, run } = planning
  const found = assets.find(({ asset_id }) => asset_id === assetId)
  if (!found)
    throw new StudioError('ASSET_NOT_FOUND', 'There is no asset with this id in this run.')
  const own: Planning = {
    ...planning,
    settings: mergedSettings(found.settings, request),
    spoken: request.voice === undefined ? spokenIn(assets, found) : undefined,
  }
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

const invalid = (path: string, message: string): StudioError =>
  new StudioError('INVALID_INPUT', 'The input breaks the rules named in errors.', {
    errors: [{ path, message }],
  })

/** @throws StudioError INVALID_INPUT */
const assertSpeaks = ({ run }: RunWithStages, { voice }: AssetRequest): void => {
  const preset = voice?.preset
  if (preset === undefined) return
  const known = presetsFor(run.locale)
  if (known.includes(preset)) return
  throw invalid('voice.preset', `speaks another language than the run: ${known.join(', ')} do`)
}

/** Why a request means nothing: films for places that take none, or the narration of a film without a voice. */
const meaningless = ({ kinds, placements }: AssetRequest): StudioError => {
  if (!kinds?.includes('video')) return invalid('voice.recording', 'leaves no narration to be made')
  return placements === undefined
    ? invalid('kinds', 'the channels of the brief take no film: name placements that do')
    : invalid('placements', 'take no film: name placements that do')
}

/**
 * The assets that a request means, each behind what it is made from: those that are there, and new ones.
 * @throws StudioError RUN_NOT_READY, ASSET_NOT_FOUND, and INVALID_INPUT when it means none, or a voice of
 * another language
 */
export const planAssets = (
  run: RunWithStages,
  request: AssetRequest,
  assets: readonly Asset[],
): AssetDraft[] => {
  assertSpeaks(run, request)
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
  if (planning.drafts.size === 0) throw meaningless(request)
  return [...planning.drafts.values()]
}
