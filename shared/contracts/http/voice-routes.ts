import * as z from 'zod'
import { StudioEvent } from '../events.ts'
import {
  AudioFormat,
  SpokenTurnByReference,
  SpokenTurnForm,
  VoiceTurn,
  VoiceTurnPending,
  VoiceUpload,
} from '../voice.ts'
import { type Route, routeDefaults, sessionParams } from './route.ts'

const spokenTurnProblems = [
  'SESSION_NOT_FOUND',
  'UPLOAD_NOT_FOUND',
  'UNSUPPORTED_MEDIA',
  'TRANSCRIPT_EMPTY',
  'TRANSCRIPTION_FAILED',
  'TURN_IN_PROGRESS',
  'TURN_TIMEOUT',
  'STOPPED',
  'UPSTREAM_ERROR',
  'BUDGET_EXCEEDED',
  'RATE_LIMITED',
  'MODEL_REFUSED',
  'SCHEMA_VALIDATION_FAILED',
  'CAPABILITY_NOT_CONFIGURED',
  'IDEMPOTENCY_CONFLICT',
  'REQUEST_IN_FLIGHT',
] as const

export const voiceRoutes = {
  speak: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/chat/session/{session_id}/voice-turn',
    summary: 'One spoken turn with the planner: a recording, or an upload by its id',
    params: sessionParams,
    body: SpokenTurnByReference,
    form: SpokenTurnForm,
    idempotent: true,
    answer: VoiceTurn,
    location: 'late',
    late: VoiceTurnPending,
    problems: spokenTurnProblems,
  },
  streamSpeech: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/chat/session/{session_id}/voice-turn/stream',
    summary: 'The same turn as a stream of its events; it ends with the turn',
    params: sessionParams,
    body: SpokenTurnByReference,
    form: SpokenTurnForm,
    idempotent: true,
    answer: StudioEvent,
    speaks: 'events',
    problems: spokenTurnProblems,
  },
  createVoiceUpload: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/chat/session/{session_id}/voice-upload',
    summary: 'A form to upload one recording with, up to 25 MB; then speak by its upload_id',
    params: sessionParams,
    body: z.strictObject({ format: AudioFormat }),
    status: 201,
    answer: VoiceUpload,
    problems: ['SESSION_NOT_FOUND', 'RATE_LIMITED'],
  },
} as const satisfies Record<string, Route>
