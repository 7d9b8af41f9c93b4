import type { Makers } from '../shared/services/media/asset-maker.ts'
import { type Media, pipelineOf, usualMedia } from './asset-composition.ts'
import { type Log, log } from './clients.ts'

/** What makes assets, by these makers. */
export const mediaPipeline = (made: Makers, clients: Log & Media = { ...log(), ...usualMedia }) =>
  pipelineOf(made, clients)
