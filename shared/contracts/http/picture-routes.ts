import * as z from 'zod'
import {
  PictureFormat,
  PictureId,
  ProductImage,
  ProductImageByReference,
  ProductImageForm,
  ProductImageTurn,
} from '../pictures.ts'
import { SessionId } from '../session.ts'
import { VoiceUpload } from '../voice.ts'
import { type Route, routeDefaults, sessionParams } from './route.ts'

export const pictureRoutes = {
  addProductImage: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/chat/session/{session_id}/product-image',
    summary: 'A picture of the product, or an upload by its id: one turn, in which it is looked at',
    params: sessionParams,
    body: ProductImageByReference,
    form: ProductImageForm,
    idempotent: true,
    answer: ProductImageTurn,
    problems: [
      'SESSION_NOT_FOUND',
      'UPLOAD_NOT_FOUND',
      'UNSUPPORTED_MEDIA',
      'RUN_IN_PROGRESS',
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
    ],
  },
  createPictureUpload: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/chat/session/{session_id}/product-image-upload',
    summary: 'A form to upload one picture with, up to 8 MB; then name its upload_id',
    params: sessionParams,
    body: z.strictObject({ format: PictureFormat }),
    status: 201,
    answer: VoiceUpload,
    problems: ['SESSION_NOT_FOUND', 'RATE_LIMITED'],
  },
  getProductImage: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/chat/session/{session_id}/product-image/{picture_id}',
    summary: 'A picture of the product, as the slot product.image_url names it, with a new link',
    params: z.object({ session_id: SessionId, picture_id: PictureId }),
    answer: ProductImage,
    problems: ['SESSION_NOT_FOUND', 'UPLOAD_NOT_FOUND'],
  },
} as const satisfies Record<string, Route>
