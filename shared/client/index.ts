export type { Clock } from './clock.ts'
export type * from './contract.ts'
export { type Cursors, memoryCursors, storedCursors, type TextStorage } from './cursors.ts'
export type {
  EventStream,
  EventsOptions,
  Observable,
  SocketLike,
  StreamStatus,
  TransportName,
} from './events.ts'
export type { CallOptions } from './http.ts'
export { type ClientCode, StudioProblem } from './problem.ts'
export type { Assets, Job, Run } from './run.ts'
export type { PictureOptions, SendOptions, Session, SpeakOptions } from './session.ts'
export { createStudio, type StartedSession, type Studio, type StudioOptions } from './studio.ts'
export type { UploadOptions } from './uploads.ts'
export { browserWake, type Wake, type WakeReason } from './wake.ts'
