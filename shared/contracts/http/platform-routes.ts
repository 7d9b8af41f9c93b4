import * as z from 'zod'
import { type Route, routeDefaults } from './route.ts'

export const platformRoutes = {
  health: {
    ...routeDefaults,
    method: 'GET',
    path: '/health',
    summary: 'Tells that the service answers',
    principal: 'none',
    answer: z.object({
      status: z.literal('ok'),
      /** What is shown as the agents' texts comes from a script, to try the product without a model. */
      rehearsal: z.boolean(),
    }),
  },
  openapi: {
    ...routeDefaults,
    method: 'GET',
    path: '/openapi.json',
    summary: 'This HTTP API as an OpenAPI 3.1 document',
    principal: 'none',
    etag: true,
    answer: z.looseObject({ openapi: z.string() }),
  },
  asyncapi: {
    ...routeDefaults,
    method: 'GET',
    path: '/asyncapi.json',
    summary: 'The socket and the events as an AsyncAPI 3 document',
    principal: 'none',
    etag: true,
    answer: z.looseObject({ asyncapi: z.string() }),
  },
  docs: {
    ...routeDefaults,
    method: 'GET',
    path: '/docs',
    summary: 'Both documents as a page to read',
    principal: 'none',
    etag: true,
    answer: z.string(),
    speaks: 'html',
  },
} as const satisfies Record<string, Route>
