import { describe, expect, it } from 'vitest'
import { decodePicture } from '../../shared/platform/pictures/decode-picture.ts'
import { encodePng } from '../../shared/platform/pictures/encode-picture.ts'
import { emptyPicture } from '../../shared/platform/pictures/picture.ts'
import { mediaOf } from '../support/audio/voice-turns.ts'
import { answers } from '../support/model-server/answers.ts'
import { pictureFile } from '../support/pictures/picture-files.ts'
import {
  photo,
  picturePath,
  samplePicture,
  seenBy,
  showPicture,
  uploadPicture,
} from '../support/pictures/picture-turns.ts'
import { openSocket, readLog, startSession } from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { completeUpdates, plannerAnswer, readySession } from '../support/studio/studio.ts'

const studio = useStudio()
const seen = () => studio.model.script('picture', (call) => seenBy(call))

describe('a picture of the product', () => {
  it('is kept without anything but pixels, and the model tells what it shows', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    seen()
    const { status, body } = await showPicture(client, sessionId, await photo(), {
      note: '새로 찍은 사진이에요',
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      turn: 1,
      state: 'CHAT_COLLECTING',
      image_summary: samplePicture.image_summary,
      not_read: null,
      next_question: samplePicture.next_question,
      assistant_message: { author: 'planner' },
      content_type: 'image/jpeg',
      width: 640,
      height: 480,
    })
    const slots = body.brief_slots
    expect(slots['product.image_url']).toMatchObject({
      value: `${picturePath(sessionId)}/${body.picture_id}`,
      source: 'image',
    })
    expect(slots['product.image_context']).toMatchObject({
      value: samplePicture.image_summary,
      source: 'image',
      confidence: 0.9,
      turn: 1,
    })
    expect(slots['product.name']).toMatchObject({ value: '동백 핸드크림', source: 'image' })
    expect(body.slot_updates).toHaveLength(4)

    const kept = new Uint8Array(await (await fetch(body.image_url)).arrayBuffer())
    expect(kept).toHaveLength(body.bytes)
    expect((await decodePicture(kept)).picture.width).toBe(640)
    const again = await client.get(slots['product.image_url'].value)
    expect(again.body).toMatchObject({ picture_id: body.picture_id, width: 640 })
    expect((await fetch(again.body.image_url)).headers.get('content-type')).toBe('image/jpeg')

    const [call] = studio.model.calls
    expect(call?.data('note')).toBe('새로 찍은 사진이에요')
    expect(call?.images).toHaveLength(1)
  })

  it('is a turn: in the log, in the history, for followers, and for the planner after it', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const socket = await openSocket(client, sessionId)
    seen()
    const { body } = await showPicture(client, sessionId, await photo())
    await socket.until(() => socket.events().some(({ type }) => type === 'turn.completed'))
    const events = await readLog(client, sessionId)
    const types = events.map(({ type }) => type)
    expect(types.filter((type) => type !== 'planner.delta')).toEqual([
      'session.started',
      'turn.started',
      'slot.updated',
      'slot.updated',
      'turn.completed',
    ])
    const path = body.brief_slots['product.image_url'].value
    expect(events[1]?.data).toMatchObject({ input: 'picture', message: '', image_url: path })
    const spoken = events.flatMap(({ type, data }) => (type === 'planner.delta' ? [data.text] : []))
    expect(spoken.join('')).toBe(body.assistant_message.text)
    expect(socket.events().map(({ seq }) => seq)).toEqual(events.slice(1).map(({ seq }) => seq))
    await socket.close()

    const { messages } = (await client.get(`/api/chat/session/${sessionId}/messages`)).body
    expect(messages.slice(-2)).toMatchObject([
      { role: 'user', input: 'picture', text: '', image_url: path },
      { role: 'assistant', author: 'planner', provenance: { prompt_version: 'picture.v1' } },
    ])
    studio.model.script('planner', plannerAnswer([]))
    await client.post(`/api/chat/session/${sessionId}/message`, { message: '어때요?' })
    const asked = JSON.stringify(studio.model.calls.at(-1)?.body)
    expect(asked).toContain('earlier_user_picture')
    expect(asked).toContain(samplePicture.image_summary)
  })

  it.each([
    [
      'PNG',
      'png',
      async () =>
        encodePng({ ...emptyPicture(500, 400), pixels: new Uint8Array(800_000).fill(200) }),
    ],
    ['a HEIC of a phone, held sideways', 'heic', async () => pictureFile('phone.heic')],
    ['WebP', 'webp', async () => pictureFile('photo.webp')],
  ] as const)('comes by an upload: %s', async (_, format, make) => {
    const { client, sessionId } = await startSession(studio.origin)
    const { uploadId, response } = await uploadPicture(client, sessionId, await make(), format)
    expect(response.status).toBe(204)
    seen()
    const ask = () => client.post(picturePath(sessionId), { upload_id: uploadId, note: '이거예요' })
    const first = await ask()
    expect(first).toMatchObject({
      status: 200,
      body: { image_summary: samplePicture.image_summary },
    })
    expect((await ask()).body.turn).toBe(first.body.turn)
    expect(studio.model.calls).toHaveLength(1)
  })

  it('that is large is made smaller, and what its camera noted is gone', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    seen()
    const { body } = await showPicture(client, sessionId, pictureFile('camera.jpg'))
    expect(body).toMatchObject({ width: 1536, height: 2048 })
    const kept = Buffer.from(await (await fetch(body.image_url)).arrayBuffer())
    for (const trace of ['Exif', 'GPS', 'SecretCam', 'http://ns.adobe.com/xap']) {
      expect(kept.includes(trace)).toBe(false)
    }
  })

  it('never overwrites what the user said', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const said = {
      path: 'product.name',
      value: '손길 크림',
      confidence: 0.7,
      source: 'user',
    } as const
    const looks = {
      path: 'product.image_context',
      value: '파란 병',
      confidence: 0.9,
      source: 'user',
    } as const
    studio.model.script('planner', plannerAnswer([said, looks]))
    await client.post(`/api/chat/session/${sessionId}/message`, {
      message: '손길 크림이고 파란 병이에요',
    })
    seen()
    const { body } = await showPicture(client, sessionId, await photo())
    expect(body.brief_slots['product.name']).toMatchObject({ value: '손길 크림', source: 'user' })
    expect(body.brief_slots['product.image_context'].value).toBe('파란 병')
    expect(body.brief_slots['product.category']).toMatchObject({ source: 'image' })
    expect(body.image_summary).toBe(samplePicture.image_summary)
  })

  it('counts as a turn, an upload, and a call of the model by the picture agent', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    seen()
    const { headers } = await showPicture(client, sessionId, await photo())
    expect(headers.get('ratelimit-policy')).toMatch(/uploads.*turns|turns.*uploads/)
    const { today } = (await client.get('/api/usage')).body
    expect(today.services.model.agents.picture).toMatchObject({ calls: 1, total_tokens: 150 })
  })

  it('is answered once for an idempotency key', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    seen()
    const bytes = await photo()
    const send = () => showPicture(client, sessionId, bytes, {}, { 'idempotency-key': 'picture-1' })
    const first = await send()
    expect((await send()).body).toEqual(first.body)
    expect(studio.model.calls).toHaveLength(1)
    const keys = await mediaOf(studio.engine, sessionId)
    expect(keys).toHaveLength(1)
  })

  it('reaches the creative agent as a fact, and no agent as an address', async () => {
    const { client, sessionId } = await readySession(studio)
    studio.model.script('picture', (call) => seenBy(call, { next_question: null }))
    await showPicture(client, sessionId, await photo())
    studio.model.respond(({ asker }) =>
      asker === 'search' ? answers.silence() : answers.status(404),
    )
    await client.post(`/api/runs/${sessionId}/generate`)
    await studio.model.until(() => studio.model.calls.some(({ asker }) => asker === 'search'))
    const { body } = await client.get(`/api/chat/session/${sessionId}`)
    const run = await client.get(`/api/runs/${body.run_id}`)
    expect(run.body.brief_summary['product.image_context']).toBe(samplePicture.image_summary)
    const asked = studio.model.calls.at(-1)?.data('brief') as Record<string, unknown>
    expect(asked['product.image_context']).toBe(samplePicture.image_summary)
    expect(asked).not.toHaveProperty('product.image_url')
    // The brief is closed while a run goes on, and nothing is paid for.
    const calls = studio.model.calls.length
    expect(await showPicture(client, sessionId, await photo())).toMatchObject({
      status: 409,
      body: { error: { code: 'RUN_IN_PROGRESS' } },
    })
    expect(studio.model.calls).toHaveLength(calls)
    await client.post(`/api/runs/${body.run_id}/cancel`)
  })
})

describe('a model that does not see', () => {
  const refusals: [name: string, status: number, error: object][] = [
    [
      'llama.cpp',
      500,
      {
        code: 500,
        message:
          'image input is not supported - hint: if this is unexpected, you may need to provide the mmproj',
        type: 'server_error',
      },
    ],
    [
      'vLLM',
      400,
      { message: 'a-model is not a multimodal model', type: 'BadRequestError', code: 400 },
    ],
    ['LM Studio', 400, { message: 'Model does not support images. Please use a model that does.' }],
    [
      'one that reads texts alone',
      422,
      { message: 'input[0].content: Input should be a valid string' },
    ],
  ]
  it.each(refusals)(
    'and says so, as %s, leaves the picture kept and nothing read',
    async (_, status, error) => {
      const { client, sessionId } = await startSession(studio.origin)
      studio.model.respond(() => answers.status(status, error))
      const answer = await showPicture(client, sessionId, await photo())
      expect(answer).toMatchObject({
        status: 200,
        body: {
          image_summary: null,
          next_question: null,
          not_read: { code: 'CAPABILITY_NOT_CONFIGURED', retryable: false },
          assistant_message: { author: 'system' },
        },
      })
      expect(Object.keys(answer.body.brief_slots)).toEqual(['product.image_url'])
      expect((await fetch(answer.body.image_url)).status).toBe(200)
      const completed = (await readLog(client, sessionId)).at(-1)
      expect(completed).toMatchObject({
        type: 'turn.completed',
        data: { not_read: { code: 'CAPABILITY_NOT_CONFIGURED' } },
      })
    },
  )

  it('and answers all the same is not believed', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.respond(() =>
      answers.json({
        ...samplePicture,
        schema_version: 'v1',
        agent: 'picture',
        check_number: '1234',
      }),
    )
    const { body } = await showPicture(client, sessionId, await photo())
    expect(body).toMatchObject({
      image_summary: null,
      not_read: { code: 'CAPABILITY_NOT_CONFIGURED' },
    })
    const told = JSON.stringify([await readLog(client, sessionId), body])
    expect(told).not.toContain('동백')
    expect(studio.model.calls).toHaveLength(2)
  })
})

describe('a turn about a picture that fails', () => {
  it.each([
    ['refuses', () => answers.refusal(), 502, 'MODEL_REFUSED', 1],
    ['fails', () => answers.status(500), 502, 'UPSTREAM_ERROR', 2],
    [
      'breaks its contract',
      () => answers.text('사진이 예쁘네요'),
      502,
      'SCHEMA_VALIDATION_FAILED',
      2,
    ],
  ] as const)(
    'ends with the reason, and the picture stays: a model that %s',
    async (_, answer, status, code, calls) => {
      const { client, sessionId } = await startSession(studio.origin)
      studio.model.respond(answer)
      expect(await showPicture(client, sessionId, await photo())).toMatchObject({
        status,
        body: { error: { code } },
      })
      expect(studio.model.calls).toHaveLength(calls)
      const { body } = await client.get(`/api/chat/session/${sessionId}`)
      expect(Object.keys(body.brief_slots)).toEqual(['product.image_url'])
      expect((await client.get(body.brief_slots['product.image_url'].value)).status).toBe(200)
      expect((await readLog(client, sessionId)).at(-1)).toMatchObject({
        type: 'error',
        data: { code },
      })
      // The next turn goes on.
      studio.model.script('planner', plannerAnswer([]))
      expect(
        (await client.post(`/api/chat/session/${sessionId}/message`, { message: '네' })).status,
      ).toBe(200)
    },
  )

  it('ends when it is stopped', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script('picture', answers.silence())
    const turn = showPicture(client, sessionId, await photo())
    await studio.model.until(() => studio.model.calls.length === 1)
    await studio.model.until(() => studio.model.open() === 1)
    let stopped = false
    while (!stopped) {
      const { body } = await client.post(`/api/chat/session/${sessionId}/stop`)
      stopped = body.stopped
    }
    expect((await turn).body.error.code).toBe('STOPPED')
  })

  it('does not begin beside another turn, and leaves no object', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script('planner', answers.silence())
    const path = `/api/chat/session/${sessionId}/message`
    const other = client.post(path, { message: '안녕하세요' })
    await studio.model.until(() => studio.model.open() === 1)
    let code: string | undefined
    while (code !== 'TURN_IN_PROGRESS') {
      code = (await showPicture(client, sessionId, await photo())).body.error?.code
    }
    expect(await mediaOf(studio.engine, sessionId)).toEqual([])
    await client.post(`/api/chat/session/${sessionId}/stop`)
    await other
  })
})

const chunk = (name: string, content: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  // Readers of headers do not look at the checksum.
  return Buffer.concat([length, Buffer.from(name, 'latin1'), content, Buffer.alloc(4)])
}
const pngHead = (width: number, height: number, ...more: Buffer[]): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...more,
    chunk('IDAT', Buffer.alloc(10)),
  ])
}

describe('what is no picture of a product', () => {
  const refused: [
    name: string,
    make: () => Promise<Uint8Array> | Uint8Array,
    status: number,
    rule: RegExp,
  ][] = [
    ['nothing', () => new Uint8Array(), 422, /비어/],
    ['a GIF', () => Buffer.from('GIF89a\x01\x00\x01\x00', 'latin1'), 415, /PNG, JPEG, WebP, HEIC/],
    [
      'an SVG with a script',
      () => Buffer.from('<svg><script>alert(1)</script></svg>'),
      415,
      /PNG, JPEG/,
    ],
    ['an AVIF', () => pictureFile('quarters.avif'), 415, /HEIC/],
    ['a text', () => Buffer.from('사진'), 415, /HEIC/],
    ['a PNG that moves', () => pngHead(500, 500, chunk('acTL', Buffer.alloc(8))), 422, /움직이는/],
    ['a bomb of 900 million pixels', () => pngHead(30_000, 30_000), 422, /5천만/],
    ['a PNG without its pixels', () => pngHead(500, 500), 422, /깨져/],
    ['half a JPEG', async () => (await photo()).subarray(0, 4_000), 422, /깨져/],
    ['a stamp', () => pictureFile('quarters.png'), 422, /256/],
    [
      'a ribbon',
      () => encodePng({ ...emptyPicture(4_000, 260), pixels: new Uint8Array(4_160_000).fill(9) }),
      422,
      /8배/,
    ],
  ]
  it.each(refused)(
    'is refused with field and rule in both languages, and stored nowhere: %s',
    async (_, make, status, rule) => {
      const { client, sessionId } = await startSession(studio.origin)
      const bytes = await make()
      const answer = await showPicture(client, sessionId, bytes)
      expect(answer.status).toBe(status)
      expect(answer.body.error.message).toMatch(rule)
      expect(answer.body.errors).toEqual([{ path: 'image', message: answer.body.error.message }])
      const english = await showPicture(client, sessionId, bytes, {}, { 'accept-language': 'en' })
      expect(english.body.errors[0].message).toMatch(/picture/i)
      expect(studio.model.calls).toEqual([])
      expect(await mediaOf(studio.engine, sessionId)).toEqual([])
      expect((await client.get(`/api/chat/session/${sessionId}`)).body).toMatchObject({
        turn: 0,
        brief_slots: {},
      })
    },
  )

  it('is one that is too large for its way', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const inline = await showPicture(client, sessionId, new Uint8Array(4 * 1024 * 1024 + 1))
    expect(inline).toMatchObject({ status: 413, body: { errors: [{ path: 'image' }] } })
    const large = new Uint8Array(8 * 1024 * 1024 + 1)
    const { response } = await uploadPicture(client, sessionId, large, 'jpeg')
    expect(response.status).toBe(400)
  })

  it('is an upload that was refused, which is gone then, or one of another session', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const { uploadId } = await uploadPicture(
      client,
      sessionId,
      Buffer.from('GIF89a..', 'latin1'),
      'png',
    )
    const ask = { upload_id: uploadId }
    expect((await client.post(picturePath(sessionId), ask)).status).toBe(415)
    expect((await client.post(picturePath(sessionId), ask)).body.error.code).toBe(
      'UPLOAD_NOT_FOUND',
    )
    const other = await startSession(studio.origin)
    const { uploadId: foreign } = await uploadPicture(client, sessionId, await photo(), 'jpeg')
    const answer = await other.client.post(picturePath(other.sessionId), { upload_id: foreign })
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'UPLOAD_NOT_FOUND' } } })
  })

  it('goes with its session', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    seen()
    const { body } = await showPicture(client, sessionId, await photo())
    expect((await client.delete(`/api/chat/session/${sessionId}`)).status).toBe(204)
    expect((await fetch(body.image_url)).status).toBe(404)
    expect(await mediaOf(studio.engine, sessionId)).toEqual([])
  })
})

it('a complete brief stays complete with a picture', async () => {
  const { client, sessionId } = await readySession(studio)
  studio.model.script('picture', (call) => seenBy(call, { next_question: null }))
  const { body } = await showPicture(client, sessionId, await photo())
  expect(body).toMatchObject({ state: 'BRIEF_READY', gate: { ready: true }, next_question: null })
  for (const { path, value } of completeUpdates) {
    expect(body.brief_slots[path]).toMatchObject({ value, source: 'user' })
  }
})
