import { afterEach, expect, test, vi } from 'vitest'
import { pictureLink, renewFailedLinks } from '../../../web/src/session/picture-links.ts'

const path = (name: string): string =>
  `/api/chat/session/sess_${'a'.repeat(26)}/product-image/picture_${name.repeat(26)}`

const refusal = (): Response =>
  Response.json(
    { error: { code: 'UNAUTHORIZED', message: 'No.', retryable: false } },
    { status: 401 },
  )
const link = (): Response =>
  Response.json({ image_url: 'https://pictures.example/1', width: 4, height: 3 })

/** Answers calls for pictures in this order, and notes what was asked for. */
const answering = (...answers: (() => Response)[]) => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    return (answers.shift() ?? link)()
  })
  return asked
}

afterEach(() => vi.unstubAllGlobals())

test('a link that could not be had is asked for once more, and one that is there is not', async () => {
  const asked = answering(link, refusal)
  const [there, failed] = [pictureLink(path('b')), pictureLink(path('c'))]
  await vi.waitFor(() => expect(failed.value).toBeInstanceOf(Error))
  expect(pictureLink(path('c'))).toBe(failed)
  renewFailedLinks()
  await vi.waitFor(() => expect(failed.value).toMatchObject({ url: 'https://pictures.example/1' }))
  expect(there.value).toMatchObject({ width: 4 })
  expect(asked).toEqual([path('b'), path('c'), path('c')])
})
