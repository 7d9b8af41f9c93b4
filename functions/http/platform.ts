import { routes } from '../../shared/contracts/http.ts'
import { Reply } from '../../shared/platform/http-answer.ts'
import { endpoint, httpHandler } from '../../shared/platform/http-handler.ts'
import { modelProvider } from '../../shared/platform/model-settings.ts'
import { isRehearsal } from '../../shared/rules/rehearsal.ts'

/** The page loads nothing, runs no script and cannot be framed. */
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * Health, the documents, and the answer to unknown routes. Each document is imported on request, so
 * that the others do not wait for it.
 */
export const handler = httpHandler(
  [
    endpoint(routes.health, async () => ({
      status: 'ok' as const,
      rehearsal: isRehearsal(modelProvider()),
    })),
    endpoint(routes.openapi, async () => {
      const { default: document } = await import('../../docs/api/openapi.json', {
        with: { type: 'json' },
      })
      return document
    }),
    endpoint(routes.asyncapi, async () => {
      const { default: document } = await import('../../docs/api/asyncapi.json', {
        with: { type: 'json' },
      })
      return document
    }),
    endpoint(routes.docs, async () => {
      const { default: page } = await import('../../docs/api/reference.html')
      return new Reply(page, { headers: { 'content-security-policy': pagePolicy } })
    }),
  ],
  { identify: async () => undefined, known: Object.values(routes) },
)
