import type { RouteName, RouteOf } from './contract.ts'

/** `POST! /path`: the mark says that the route takes an `Idempotency-Key`. */
type Line<N extends RouteName> =
  `${RouteOf<N>['method']}${RouteOf<N>['idempotent'] extends true ? '!' : ''} ${RouteOf<N>['path']}`

/** Routes that are for people and tools, or for the older one-shot API. */
type LeftOut =
  | 'health'
  | 'openapi'
  | 'asyncapi'
  | 'docs'
  | 'launch'
  | 'launchHistory'
  | 'launchDetail'
  | 'deleteLaunch'
  | 'generate'
  | 'streamJob'

export type ClientRoute = Exclude<RouteName, LeftOut>

/** Method and path of each route. What the contract does not say of a route does not compile. */
export const lines: { [N in ClientRoute]: Line<N> } = {
  createSession: 'POST! /api/chat/session',
  getSession: 'GET /api/chat/session/{session_id}',
  deleteSession: 'DELETE /api/chat/session/{session_id}',
  sendMessage: 'POST! /api/chat/session/{session_id}/message',
  streamMessage: 'POST! /api/chat/session/{session_id}/message/stream',
  stopTurn: 'POST /api/chat/session/{session_id}/stop',
  listMessages: 'GET /api/chat/session/{session_id}/messages',
  listEvents: 'GET /api/chat/session/{session_id}/events',
  exportSession: 'GET /api/chat/session/{session_id}/export',
  createTicket: 'POST /api/chat/session/{session_id}/ticket',
  me: 'GET /api/me',
  listReaders: 'GET /api/chat/session/{session_id}/readers',
  addReader: 'PUT /api/chat/session/{session_id}/readers/{principal}',
  removeReader: 'DELETE /api/chat/session/{session_id}/readers/{principal}',
  generateAsync: 'POST! /api/runs/{session_id}/generate/async',
  listRuns: 'GET /api/runs',
  getRun: 'GET /api/runs/{run_id}',
  resumeRun: 'POST! /api/runs/{run_id}/resume',
  reviseRun: 'POST! /api/runs/{run_id}/revise',
  cancelRun: 'POST /api/runs/{run_id}/cancel',
  usage: 'GET /api/usage',
  listJobs: 'GET /api/jobs',
  getJob: 'GET /api/jobs/{job_id}',
  cancelJob: 'POST /api/jobs/{job_id}/cancel',
  generateAssets: 'POST! /api/runs/{run_id}/assets/generate/async',
  estimateAssets: 'POST /api/runs/{run_id}/assets/estimate',
  listAssets: 'GET /api/runs/{run_id}/assets',
  getAsset: 'GET /api/runs/{run_id}/assets/{asset_id}',
  deleteAsset: 'DELETE /api/runs/{run_id}/assets/{asset_id}',
  exportRun: 'POST! /api/runs/{run_id}/export',
  getExport: 'GET /api/runs/{run_id}/exports/{export_id}',
  speak: 'POST! /api/chat/session/{session_id}/voice-turn',
  streamSpeech: 'POST! /api/chat/session/{session_id}/voice-turn/stream',
  createVoiceUpload: 'POST /api/chat/session/{session_id}/voice-upload',
  addProductImage: 'POST! /api/chat/session/{session_id}/product-image',
  createPictureUpload: 'POST /api/chat/session/{session_id}/product-image-upload',
  getProductImage: 'GET /api/chat/session/{session_id}/product-image/{picture_id}',
  assistantVoice: 'POST /api/chat/session/{session_id}/assistant-voice',
  checkCopy: 'POST /api/safety/check',
}

/** POSTs without a key of which a second one does nothing more than the first. */
const repeatable: ReadonlySet<string> = new Set<ClientRoute>([
  'createTicket',
  'cancelRun',
  'cancelJob',
  'estimateAssets',
  'createVoiceUpload',
  'createPictureUpload',
  'assistantVoice',
])

export interface RouteCall {
  method: string
  url: string
  keyed: boolean
  /** A second request does no more than the first: it may follow an answer that was lost. */
  repeatable: boolean
}

/** One route with its parameters in place. */
export const routeCall = (
  name: ClientRoute,
  params: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): RouteCall => {
  const [verb = '', path = ''] = lines[name].split(' ')
  const method = verb.replace('!', '')
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) search.set(key, String(value))
  }
  return {
    method,
    url:
      path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(String(params[key]))) +
      (String(search) && `?${search}`),
    keyed: verb !== method,
    repeatable: method !== 'POST' || verb !== method || repeatable.has(name),
  }
}
