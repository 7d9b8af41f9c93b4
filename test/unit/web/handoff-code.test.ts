import { expect, test } from 'vitest'
import { parseRoute } from '../../../web/src/app/route.ts'
import { codeIn, linkOf } from '../../../web/src/handoff/code.ts'

const code = '01m8byq1gh9szxcj9b9vksfvkbbf60a86b270631cbca82f03315966aa2'
const place = { origin: 'https://studio.example', pathname: '/' }

test.each([code, ` ${code}\n`, `#join=${code}`, `#/join=${code}`, linkOf(code, place)])(
  'a code is found in a link, a fragment and by itself: %s',
  (text) => expect(codeIn(text)).toBe(code),
)

test.each([
  '',
  '#/',
  '#/library',
  '#join=',
  `#join=${code}<script>`,
  code.slice(0, 20),
  `?join=${code}`,
])('anything else is no code: %s', (text) => expect(codeIn(text)).toBeNull())

test('the code stands behind the fragment, and is no place of the console', () => {
  const link = new URL(linkOf(code, place))
  expect(link.search + link.pathname).toBe('/')
  expect(parseRoute(link.hash)).toEqual({ place: 'talk', sessionId: null })
})
