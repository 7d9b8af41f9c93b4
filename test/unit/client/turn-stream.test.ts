import { describe, expect, it } from 'vitest'
import type { FakeClock } from '../../support/client/fake-clock.ts'
import { gone, ok, scripted } from '../../support/client/scripted-fetch.ts'

describe('a turn as a stream', () => {
  const event = (seq: number, type: string, data: object) => ({
    seq,
    type,
    data,
    session_id: 'sess_1',
  })
  const events = [
    event(4, 'turn.started', { turn: 2, message: '안녕', input: 'text' }),
    event(5, 'planner.delta', { text: '네', turn: 2, try: 1 }),
    event(6, 'turn.completed', { turn: 2, state: 'CHAT_COLLECTING' }),
  ]
  const text = events.map((each) => `id: ${each.seq}\ndata: ${JSON.stringify(each)}\n\n`).join('')
  const broken = (sent: string): Response =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(sent))
        },
        pull: (controller) => controller.error(gone),
      }),
    )

  it('goes on in the log where its connection broke: sent again it could be another turn', async () => {
    const { clock, sent, session } = scripted([
      gone,
      broken(text.slice(0, text.indexOf('id: 6'))),
      ok({ events }),
    ])
    const got: unknown[] = []
    const reading = (async () => {
      for await (const each of session.stream('안녕')) got.push(each)
    })()
    await clock.pass(10_000)
    await reading
    expect(got).toEqual(events)
    expect(sent.map(({ method }) => method)).toEqual(['POST', 'POST', 'GET'])
    expect(sent[2]?.url).toContain('after=5')
  })

  it.each([
    ['in one answer', 0],
    ['over a broken connection', 1],
  ])('goes on behind the end of an abandoned turn, %s', async (_, isBroken) => {
    const abandoned = event(3, 'error', { code: 'TURN_TIMEOUT', stage: 'turn', turn: 1 })
    const all = [abandoned, ...events]
    const told = `id: 3\ndata: ${JSON.stringify(abandoned)}\n\n`
    const whole = new Response(told + text)
    const answers = isBroken ? [broken(told), ok({ events: all })] : [whole]
    const { session } = scripted(answers)
    expect(await read(session.stream('안녕'))).toEqual({ got: all })
  })

  /** A connection that stays open, brings these pieces, a millisecond count before each, and then nothing. */
  const halfOpen =
    (...pieces: [number, string][]) =>
    (clock: FakeClock): Response =>
      new Response(
        new ReadableStream({
          start(controller) {
            let at = 0
            for (const [milliseconds, piece] of pieces) {
              at += milliseconds
              clock.after(at, () => controller.enqueue(new TextEncoder().encode(piece)))
            }
          },
        }),
      )
  const comment = ': keep-alive\n\n'
  const read = async (turn: AsyncIterable<unknown>) => {
    const got: unknown[] = []
    try {
      for await (const each of turn) got.push(each)
      return { got }
    } catch (error) {
      return { got, error }
    }
  }

  it('that opens and brings nothing ends in a problem after which the same key is the same turn', async () => {
    const { clock, sent, session } = scripted([halfOpen(), new Response(text)])
    const first = read(session.stream('안녕', { key: 'mine' }))
    await clock.pass(34_999)
    expect(sent).toHaveLength(1)
    await clock.pass(1)
    expect(await first).toMatchObject({
      got: [],
      error: { name: 'StudioProblem', code: 'UNREACHABLE', retryable: true },
    })
    expect(await read(session.stream('안녕', { key: 'mine' }))).toEqual({ got: events })
    expect(sent[1]?.headers['idempotency-key']).toBe(sent[0]?.headers['idempotency-key'])
    expect(sent[1]?.body).toBe(sent[0]?.body)
  })

  it('ends in a problem, too, when its answer is over without an event', async () => {
    const { session } = scripted([new Response('retry: 1000\n\n')])
    expect(await read(session.stream('안녕'))).toMatchObject({
      got: [],
      error: { code: 'UNREACHABLE', retryable: true },
    })
  })

  it('lives by comments while the model thinks, and goes on in the log when they stop', async () => {
    const begun = text.slice(0, text.indexOf('id: 5'))
    const thinking = Array.from({ length: 6 }, (): [number, string] => [15_000, comment])
    const { clock, sent, session } = scripted([halfOpen([0, begun], ...thinking), ok({ events })])
    const turn = read(session.stream('안녕'))
    await clock.pass(6 * 15_000 + 34_000)
    expect(sent).toHaveLength(1)
    await clock.pass(1_000)
    expect(await turn).toEqual({ got: events })
    expect(sent[1]?.url).toContain('after=4')
  })

  it('is given up when its log cannot be reached for two minutes either', async () => {
    const begun = text.slice(0, text.indexOf('id: 5'))
    const { clock, session } = scripted([halfOpen([0, begun])])
    const turn = read(session.stream('안녕'))
    await clock.pass(35_000 + 300_000)
    expect(await turn).toMatchObject({
      got: [events[0]],
      error: { code: 'UNREACHABLE', retryable: true },
    })
  })
})
