import * as z from 'zod'
import { slotValues } from '../brief.ts'
import { CopyCheck } from '../copy-safety.ts'
import { Locale, messageLimit } from '../session.ts'
import { text } from '../text.ts'
import { type Route, routeDefaults } from './route.ts'

export const safetyRoutes = {
  checkCopy: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/safety/check',
    summary:
      'Judges one text by the copy filter: what may go out, what needs proof, what is blocked',
    body: z.strictObject({
      text: text(messageLimit, { multiline: true }),
      /** What the product is; its type decides which laws apply. Unknown means the strictest. */
      product_category: slotValues['product.category'],
      /** The language of laws and explanations. */
      locale: Locale.default('ko-KR'),
    }),
    answer: CopyCheck,
    problems: ['UPSTREAM_ERROR', 'CAPABILITY_NOT_CONFIGURED', 'RATE_LIMITED'],
  },
} as const satisfies Record<string, Route>
