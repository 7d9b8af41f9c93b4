import { once } from '../shared/clients/idempotency.ts'
import { model } from '../shared/clients/openai/model.ts'
import { sockets } from '../shared/clients/sockets.ts'
import { stateMachine } from '../shared/clients/state-machine.ts'
import { store } from '../shared/clients/store.ts'
import { systemClock as clock } from '../shared/platform/clock.ts'
import { requiredSetting } from '../shared/platform/environment.ts'
import { environmentNames } from '../shared/platform/environment-names.ts'
import { createChatMessageRepository } from '../shared/repositories/chat-message-repository.ts'
import { createConnectionRepository } from '../shared/repositories/connection-repository.ts'
import { createErasureRepository } from '../shared/repositories/erasure-repository.ts'
import { createEventRepository } from '../shared/repositories/event-repository.ts'
import { createJobRepository } from '../shared/repositories/job-repository.ts'
import { createRunOutputRepository } from '../shared/repositories/run-output-repository.ts'
import { createSessionRepository } from '../shared/repositories/session-repository.ts'
import { createStageDurationRepository } from '../shared/repositories/stage-duration-repository.ts'
import { createVoiceTurnRepository } from '../shared/repositories/voice-turn-repository.ts'
import { createDeliveryService } from '../shared/services/delivery/delivery-service.ts'
import { createSocketService } from '../shared/services/delivery/socket-service.ts'
import { createLaunchService } from '../shared/services/launches/launch-service.ts'
import { createStreamService } from '../shared/services/log/stream-service.ts'
import { createJobService } from '../shared/services/runs/job-service.ts'
import { createRunFailureService } from '../shared/services/runs/run-failure-service.ts'
import { createRunRecoveryService } from '../shared/services/runs/run-recovery-service.ts'
import { createRunService } from '../shared/services/runs/run-service.ts'
import { createStageAgents } from '../shared/services/runs/stage-agents.ts'
import { createStageService } from '../shared/services/runs/stage-service.ts'
import { createErasureService } from '../shared/services/sessions/erasure-service.ts'
import { createSessionService } from '../shared/services/sessions/session-service.ts'
import { createTurnCommit } from '../shared/services/turns/turn-commit.ts'
import { createTurnRecoveryService } from '../shared/services/turns/turn-recovery-service.ts'
import { createTurnService } from '../shared/services/turns/turn-service.ts'
import { createRecordingService } from '../shared/services/voice/recording-service.ts'
import { createTranscriptionService } from '../shared/services/voice/transcription-service.ts'
import { createVoiceTurnService } from '../shared/services/voice/voice-turn-service.ts'

/**
 * The one place where services meet what they need. Each export is a function that builds on demand,
 * so that a handler's bundle holds only what it calls.
 */
const sessions = () => createSessionRepository(store(), clock)
const messages = () => createChatMessageRepository(store(), clock)
const events = () => createEventRepository(store(), clock)
const connections = () => createConnectionRepository(store(), clock)
const jobs = () => createJobRepository(store(), clock)
const durations = () => createStageDurationRepository(store())
const spoken = () => createVoiceTurnRepository(store(), clock)
/** Large, and loaded only when there is a recording, or something to erase. */
const lateMediaStore = async () => {
  const { mediaStore } = await import('../shared/clients/media-store.ts')
  return mediaStore()
}
const runs = () => createRunOutputRepository(store(), clock)

export const streamService = () =>
  createStreamService({ events: events(), connections: connections(), sockets })

export const sessionService = () =>
  createSessionService({
    clock,
    sessions: sessions(),
    messages: messages(),
    events: events(),
    runs: runs(),
    connections: connections(),
  })

export const turnService = () =>
  createTurnService({
    clock,
    model,
    sessions: sessions(),
    messages: messages(),
    events: events(),
    streams: streamService(),
    once,
  })

export const deliveryService = () =>
  createDeliveryService({
    clock,
    events: events(),
    sessions: sessionService(),
    turns: turnService(),
    voices: voiceTurnService(),
    jobs: jobService(),
  })

export const runService = () =>
  createRunService({
    clock,
    jobs: jobs(),
    durations: durations(),
    sessions: sessions(),
    runs: runs(),
    events: events(),
    streams: streamService(),
    machine: stateMachine,
  })

export const runFailureService = () =>
  createRunFailureService({
    runs: runs(),
    sessions: sessions(),
    events: events(),
    streams: streamService(),
  })

export const runRecoveryService = () =>
  createRunRecoveryService({
    clock,
    runs: runs(),
    machine: stateMachine,
    failures: runFailureService(),
  })

export const stageService = () =>
  createStageService({
    clock,
    agents: createStageAgents({ model, clock, runs: runs() }),
    runs: runs(),
    sessions: sessions(),
    streams: streamService(),
    failures: runFailureService(),
    machine: stateMachine,
    durations: durations(),
  })

export const jobService = () =>
  createJobService({ clock, jobs: jobs(), runs: runs(), durations: durations() })

export const erasureService = () =>
  createErasureService({
    sessions: sessions(),
    runs: runs(),
    jobs: jobs(),
    erasure: createErasureRepository(store()),
    media: lateMediaStore,
    launches: runService(),
  })

export const launchService = () =>
  createLaunchService({
    clock,
    sessions: sessionService(),
    turns: turnService(),
    launches: runService(),
    runs: runs(),
    streams: streamService(),
  })

export const launchErasure = () => ({ runs: runs(), erasure: erasureService() })

export const turnRecoveryService = () =>
  createTurnRecoveryService({
    clock,
    sessions: sessions(),
    streams: streamService(),
    commit: createTurnCommit({ clock, sessions: sessions(), messages: messages() }),
  })

const recordingService = () =>
  createRecordingService({
    clock,
    media: lateMediaStore,
    judge: async (bytes) => {
      const { inspectAudio } = await import('../shared/services/voice/audio-inspection.ts')
      return inspectAudio(bytes)
    },
  })

const lateTranscriber = async () => {
  const { transcriber } = await import('../shared/clients/transcription/select-transcriber.ts')
  return transcriber(await lateMediaStore())
}

export const transcriptionService = () =>
  createTranscriptionService({
    clock,
    stage: requiredSetting(environmentNames.stage),
    sessions: sessions(),
    spoken: spoken(),
    streams: streamService(),
    recordings: recordingService(),
    turns: turnService(),
    transcriber: lateTranscriber,
  })

export const voiceTurnService = () =>
  createVoiceTurnService({
    clock,
    sessions: sessions(),
    spoken: spoken(),
    streams: streamService(),
    messages: messages(),
    events: events(),
    recordings: recordingService(),
    words: transcriptionService(),
    once,
  })

export const connectionRepository = connections

export const socketService = () =>
  createSocketService({
    clock,
    connections: connections(),
    sockets,
    streams: streamService(),
    turns: turnService(),
    voices: voiceTurnService(),
  })
