import * as z from 'zod'
import { createRoute, type Made } from './audio.ts'

const ModerationBody = z.object({ model: z.string(), input: z.array(z.string()) })

/** A call of `/moderations`. */
export interface ModerationCallSeen {
  body: z.infer<typeof ModerationBody>
  authorization: string | undefined
}

/** What the service says of each text: its categories when `flag` names some. */
export const moderationOf = (
  { body }: ModerationCallSeen,
  flag: (text: string) => string[] = () => [],
): Made => {
  const results = body.input.map((text) => {
    const named = flag(text)
    const categories = { violence: false, ...Object.fromEntries(named.map((name) => [name, true])) }
    return { flagged: named.length > 0, categories, category_scores: {} }
  })
  const content = JSON.stringify({ id: 'modr-1', model: body.model, results })
  return { kind: 'made', contentType: 'application/json', content }
}

/** Moderation behind the OpenAI protocol, which flags nothing unless a test says so. */
export const createModerationRoute = () =>
  createRoute<ModerationCallSeen>(
    async (body, { headers }) => ({
      body: ModerationBody.parse(JSON.parse(body.toString('utf8'))),
      authorization: headers.authorization,
    }),
    (call) => moderationOf(call),
  )
