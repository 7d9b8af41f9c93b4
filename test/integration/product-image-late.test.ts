import { expect, it } from 'vitest'
import { answers } from '../support/model-server/answers.ts'
import { photo, showPicture } from '../support/pictures/picture-turns.ts'
import { readLog, startSession } from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'

const studio = useStudio('impatient')

it('a model that hangs over a picture ends the turn in time, and the picture is kept', async () => {
  const { client, sessionId } = await startSession(studio.origin)
  studio.model.respond(() => answers.silence())
  expect(await showPicture(client, sessionId, await photo())).toMatchObject({
    status: 504,
    body: { error: { code: 'TURN_TIMEOUT', retryable: true } },
  })
  expect((await readLog(client, sessionId)).at(-1)).toMatchObject({
    type: 'error',
    data: { code: 'TURN_TIMEOUT', stage: 'turn', turn: 1 },
  })
  const { body } = await client.get(`/api/chat/session/${sessionId}`)
  expect((await client.get(body.brief_slots['product.image_url'].value)).status).toBe(200)
})
