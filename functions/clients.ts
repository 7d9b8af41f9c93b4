import type { Once } from '../shared/clients/idempotency.ts'
import type { MediaStore } from '../shared/clients/media-store.ts'
import type { ModelClient } from '../shared/clients/openai/model-client.ts'
import type { PageReader } from '../shared/clients/pages/page-reader.ts'
import type { Queue } from '../shared/clients/queue.ts'
import type { SearchRoute } from '../shared/clients/search/select-search.ts'
import type { Sockets } from '../shared/clients/sockets.ts'
import type { StateMachine } from '../shared/clients/state-machine.ts'
import { type Store, store } from '../shared/clients/store.ts'
import type { Transcriber } from '../shared/clients/transcription/transcriber.ts'
import { type Clock, systemClock as clock } from '../shared/platform/clock.ts'
import { setting } from '../shared/platform/environment.ts'
import { environmentNames } from '../shared/platform/environment-names.ts'
import { limitsWith } from '../shared/rules/limit-settings.ts'
import { defaultLimits, type Limits } from '../shared/rules/limits.ts'
import type { JudgedAudio } from '../shared/services/voice/audio-inspection.ts'

/** The outside world, as services meet it. */
export interface Clients {
  clock: Clock
  store: Store
  limits: Limits
  sockets: Sockets
  /** Takes the ends of runs, jobs and assets; large, and loaded when there is one. */
  ends?: () => Promise<Pick<Queue, 'send'>>
  /** Takes sessions to search for ahead of their runs; large, and loaded when there is one. */
  earlyResearches?: () => Promise<Pick<Queue, 'send'>>
  machine: StateMachine
  model: ModelClient
  once: Once
  searchRoutes: () => Promise<SearchRoute[]>
  pages: PageReader
  /** Large, like the next two, and loaded when there is a recording or something to erase. */
  media: () => Promise<MediaStore>
  transcriber: () => Promise<Transcriber>
  inspectAudio: (bytes: Uint8Array) => Promise<JudgedAudio>
  /** The deployment's name. */
  stage: string
}
export type Table = Pick<Clients, 'clock' | 'store'>
export type Limited = Table & Pick<Clients, 'limits'>
export type Log = Table & Pick<Clients, 'sockets' | 'ends'>
export type Turns = Log & Limited & Pick<Clients, 'model' | 'once' | 'earlyResearches'>
export type Voice = Turns & Pick<Clients, 'media' | 'transcriber' | 'inspectAudio' | 'stage'>
export type Runs = Log & Limited & Pick<Clients, 'machine'>
export type Stages = Runs & Pick<Clients, 'model' | 'searchRoutes' | 'pages'>

// Each default is a function of its own, so that a bundle holds only the clients that it uses.
export const table = (): Table => ({ clock, store: store() })
export const limited = (): Limited => ({
  ...table(),
  limits: limitsWith(defaultLimits, setting(environmentNames.limits) ?? ''),
})
