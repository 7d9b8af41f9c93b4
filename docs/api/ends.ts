import * as z from 'zod'
import { endDetails } from '../../shared/contracts/ends.ts'
import { WebhookBody } from '../../shared/contracts/webhooks.ts'

/** Removes what zod emits and readers do not need, and leaves objects open: fields may be added. */
const tidy: NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override'] = ({ jsonSchema }) => {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern
  delete jsonSchema.additionalProperties
}

const schemaOf = (schema: z.ZodType, title: string) => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { override: tidy })
  return { title, ...rest }
}

/**
 * What others are told of ends, as JSON Schema (2020-12): the details of the events on the bus by their
 * `detail-type`, and the body of a webhook.
 */
export const buildEnds = () => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'The ends of runs, jobs and assets, as Launch Studio announces them',
  $defs: {
    ...Object.fromEntries(
      Object.entries(endDetails).map(([type, detail]) => [type, schemaOf(detail, type)]),
    ),
    webhook: schemaOf(WebhookBody, 'The body of a webhook'),
  },
})
