import { requiredSetting } from '../shared/platform/environment.ts'
import { environmentNames } from '../shared/platform/environment-names.ts'
import { createVoiceTurnRepository } from '../shared/repositories/voice-turn-repository.ts'
import { createDeliveryService } from '../shared/services/delivery/delivery-service.ts'
import { createSocketService } from '../shared/services/delivery/socket-service.ts'
import { createRecordingService } from '../shared/services/voice/recording-service.ts'
import { createTranscriptionService } from '../shared/services/voice/transcription-service.ts'
import { createVoiceTurnService } from '../shared/services/voice/voice-turn-service.ts'
import type { Clients, Table, Voice } from './clients.ts'
import { jobService } from './job-composition.ts'
import { limitService } from './limit-composition.ts'
import { streamService } from './log-composition.ts'
import { media } from './media-client.ts'
import {
  connectionRepository,
  eventRepository,
  messageRepository,
  sessionRepository,
} from './repositories.ts'
import { sessionService } from './session-composition.ts'
import { spendService } from './spend-composition.ts'
import { turnService, turns } from './turn-composition.ts'

/** Spoken turns, and what serves turns of either kind to readers and sockets. */

const voice = (): Voice => ({
  ...turns(),
  media,
  async transcriber() {
    const { transcriber } = await import('../shared/clients/transcription/select-transcriber.ts')
    return transcriber(await media())
  },
  async inspectAudio(bytes) {
    const { inspectAudio } = await import('../shared/services/voice/audio-inspection.ts')
    return inspectAudio(bytes)
  },
  stage: requiredSetting(environmentNames.stage),
})

const voiceTurnRepository = ({ store, clock }: Table) => createVoiceTurnRepository(store, clock)

const recordingService = ({
  clock,
  media,
  inspectAudio,
}: Pick<Clients, 'clock' | 'media' | 'inspectAudio'>) =>
  createRecordingService({ clock, media, inspect: inspectAudio })

export const transcriptionService = (clients: Voice = voice()) =>
  createTranscriptionService({
    clock: clients.clock,
    stage: clients.stage,
    sessions: sessionRepository(clients),
    voiceTurns: voiceTurnRepository(clients),
    streams: streamService(clients),
    recordings: recordingService(clients),
    turns: turnService(clients),
    transcriber: clients.transcriber,
    spend: spendService(clients),
  })

export const voiceTurnService = (clients: Voice = voice()) =>
  createVoiceTurnService({
    clock: clients.clock,
    limits: limitService(clients),
    sessions: sessionRepository(clients),
    voiceTurns: voiceTurnRepository(clients),
    streams: streamService(clients),
    messages: messageRepository(clients),
    events: eventRepository(clients),
    recordings: recordingService(clients),
    transcriptions: transcriptionService(clients),
    once: clients.once,
  })

export const socketService = (clients: Voice = voice()) =>
  createSocketService({
    clock: clients.clock,
    connections: connectionRepository(clients),
    events: eventRepository(clients),
    sockets: clients.sockets,
    turns: turnService(clients),
    voices: voiceTurnService(clients),
  })

export const deliveryService = (
  clients: Voice = voice(),
  turns: Pick<ReturnType<typeof turnService>, 'run'> = turnService(clients),
) =>
  createDeliveryService({
    clock: clients.clock,
    events: eventRepository(clients),
    sessions: sessionService(clients),
    turns,
    voices: voiceTurnService(clients),
    jobs: jobService(clients),
  })
