import type { CopyFilter } from '../../../agents/copy/copy-filter.ts'
import type { FilmVendor } from '../../../clients/video/film-vendor.ts'
import type { CreativeOutput } from '../../../contracts/agents.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { FilmProvider } from '../../../platform/video-settings.ts'
import type { RunWithStages } from '../../../repositories/run-output-repository.ts'
import type { Placement } from '../../../rules/placements/placement.ts'
import { placements } from '../../../rules/placements/placements.ts'
import type { MadeFile, MakingOrder, Workshop } from '../asset-maker.ts'
import type { BackgroundSource } from '../posters/background.ts'
import type { FilmSources } from './film-sources.ts'

export interface FilmDependencies {
  clock: Clock
  /** Backgrounds, the same as the posters'. */
  background: BackgroundSource
  /** Judges what the brief adds to the agents' texts: the price. */
  copyFilter(run: RunWithStages): Promise<Pick<CopyFilter, 'judge'>>
  provider(): FilmProvider
  vendor(provider: Exclude<FilmProvider, { by: 'motion' }>): Promise<FilmVendor>
  /** How long a call of the vendor may take, in milliseconds; as the product has it when not given. */
  callMs?: Readonly<Record<'start' | 'look' | 'fetch', number>>
  /** Path of ffmpeg; null where there is none. */
  ffmpeg(): Promise<string | null>
}

/** One film in the making. */
export interface FilmJob {
  dependencies: FilmDependencies
  order: MakingOrder
  workshop: Workshop
  placement: Placement
  creative: CreativeOutput
  sources: FilmSources
  ffmpeg: string | null
}

export const placementOf = ({ placement }: Pick<MakingOrder, 'placement'>): Placement => {
  if (placement === null) throw new Error('A film has a placement.')
  return placements[placement]
}

export const creativeOf = ({ run }: Pick<MakingOrder, 'run'>): CreativeOutput => {
  const creative = run.stages.creative?.output
  if (creative === undefined) throw new Error('The run has no shots.')
  return creative
}

/** An MP4 as an asset lists it. */
export const filmFile = (
  role: 'clean_video' | 'captioned_video',
  path: string,
  { width, height, seconds }: { width: number; height: number; seconds: number },
): MadeFile => ({
  role,
  width,
  height,
  duration_ms: Math.round(seconds * 1000),
  contentType: 'video/mp4',
  extension: 'mp4',
  body: { path },
})
