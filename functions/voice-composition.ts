import { createVoiceTurnRepository } from '../shared/repositories/voice-turn-repository.ts'
import { createDeliveryService } from '../shared/services/delivery/delivery-service.ts'
import { createSocketService } from '../shared/services/delivery/socket-service.ts'
import { createRecordingService } from '../shared/services/voice/recording-service.ts'
import { createTranscriptionService } from '../shared/services/voice/transcription-service.ts'
import { createVoiceTurnService } from '../shared/services/voice/voice-turn-service.ts'
import { type Clients, type Table, type Voice, voice } from './clients.ts'
import {
  connectionRepository,
  eventRepository,
  jobService,
  limitService,
  messageRepository,
  sessionRepository,
  sessionService,
  spendService,
  streamService,
  turnService,
} from './composition.ts'

/** Spoken turns, and what serves turns of either kind to readers and sockets. */

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
