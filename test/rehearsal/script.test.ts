import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { plan } from '../../shared/agents/planner-agent.ts'
import { research } from '../../shared/agents/research-agent.ts'
import { strategize } from '../../shared/agents/strategy-agent.ts'
import { script } from '../../shared/agents/voice-agent.ts'
import { createPageReader } from '../../shared/clients/pages/page-reader.ts'
import { adCopiesWanted } from '../../shared/contracts/agents.ts'
import type { BriefSlots } from '../../shared/contracts/brief.ts'
import type { Locale, SessionState } from '../../shared/contracts/session.ts'
import { bareRecording } from '../../shared/platform/audio/bare-recording.ts'
import { systemClock } from '../../shared/platform/clock.ts'
import { briefOf, evaluateGate, fillSlots } from '../../shared/rules/gate.ts'
import {
  agentsOn,
  elementListener,
  plannerInput,
  plannerListener,
} from '../support/model-server/agents.ts'
import { rulesFor } from '../support/model-server/copy-filter.ts'
import type { ModelServer } from '../support/model-server/model-server.ts'
import { researchOn } from '../support/model-server/research.ts'
import { writeCreatives } from '../support/model-server/written-creatives.ts'
import { conversation } from './conversation.ts'
import { startRehearsalModel } from './model.ts'
import { recordingOf, textsFile, voices } from './voices.ts'

const locale: Locale = 'ko-KR'
let model: ModelServer

beforeAll(async () => {
  model = await startRehearsalModel('fast')
})
afterAll(() => model.stop())
beforeEach(() => {
  model.calls.length = 0
})

const say = async (
  message: string,
  slots: BriefSlots,
  more: { state?: SessionState; locale?: Locale } = {},
) => {
  const input = plannerInput({
    message,
    slots,
    gate: evaluateGate(slots),
    gateAfter: (updates) => evaluateGate(fillSlots(slots, updates, 1)),
    ...more,
  })
  return (await plan(agentsOn(model), input, plannerListener())).value
}

/** Plays the script's lines from the first to the last, or to a number of them. */
const playTo = async (lines = conversation.length): Promise<BriefSlots> => {
  let slots: BriefSlots = {}
  for (const [index, { user }] of conversation.slice(0, lines).entries()) {
    slots = fillSlots(slots, (await say(user, slots)).slot_updates, index + 1)
  }
  return slots
}

describe('the rehearsed conversation', () => {
  it('fills the brief and opens the gate, every answer good at the first try', async () => {
    const slots = await playTo()
    expect(evaluateGate(slots)).toMatchObject({ ready: true, missing_required: [] })
    expect(model.calls).toHaveLength(conversation.length)
  })

  it('asks one question a turn until the gate opens, and none after', async () => {
    let slots: BriefSlots = {}
    for (const { user } of conversation) {
      const answer = await say(user, slots)
      slots = fillSlots(slots, answer.slot_updates, 1)
      expect(answer.response_text).not.toContain('?')
      expect(answer.next_question?.match(/\?/g)?.length).toBe(
        evaluateGate(slots).ready ? undefined : 1,
      )
    }
  })

  it('fills several slots from one message', async () => {
    const [first] = conversation
    expect(first?.slot_updates.length).toBeGreaterThan(2)
  })

  it('answers a question about the price without storing it as the price', async () => {
    const asking = conversation.find(({ user }) => user.includes('만 원 아래로'))
    const answer = await say(asking?.user ?? '', await playTo(1))
    expect(answer.slot_updates.map(({ path }) => path)).toEqual(['product.features'])
    expect(answer.response_text).toMatch(/^만 원 아래/)
  })

  it('marks what the user left to the planner as suggested', async () => {
    expect((await playTo())['channel.channels']).toMatchObject({ source: 'suggested' })
  })

  it('corrects a filled slot', async () => {
    expect((await playTo(5))['product.price_band']?.value).toBe('10봉 12,900원')
    expect((await playTo(6))['product.price_band']?.value).toBe('10봉 13,900원')
  })

  it('can be played again, and says the same to a line that comes twice', async () => {
    const slots = await playTo(3)
    const again = await playTo(3)
    expect(again).toEqual(slots)
    const third = conversation[2]?.user ?? ''
    expect(await say(third, slots)).toEqual(await say(third, slots))
  })
})

describe('a message that is not in the script', () => {
  it('fills nothing, says what the model is, and names the line to go on with', async () => {
    const answer = await say('우리 제품은 수제 그래놀라예요.', await playTo(2))
    expect(answer.slot_updates).toEqual([])
    expect(answer.response_text).toContain('AI가 아니라 리허설')
    expect(answer.next_question).toContain(conversation[2]?.user)
  })

  it('says so in English to an English session', async () => {
    const answer = await say('We sell granola.', {}, { locale: 'en-US' })
    expect(answer.response_text).toContain('not an AI')
    expect(answer.next_question).toContain('next line')
  })

  it('asks nothing more when the gate is open or a run is in progress', async () => {
    const slots = await playTo()
    expect((await say('고마워요.', slots)).next_question).toBeNull()
    const running = await say(conversation[0]?.user ?? '', slots, { state: 'RUN_RESEARCH' })
    expect(running).toMatchObject({ slot_updates: [], next_question: null })
  })

  it('treats a line out of its place like any other message', async () => {
    const answer = await say(conversation[4]?.user ?? '', {})
    expect(answer.slot_updates).toEqual([])
    expect(answer.next_question).toContain(conversation[0]?.user)
  })
})

describe('the rehearsed run', () => {
  it('satisfies every contract and rule at the first try, and lets one piece of evidence be dropped', async () => {
    const brief = briefOf(await playTo())
    model.calls.length = 0
    const agents = agentsOn(model, { copyFilter: rulesFor(['food']) })
    const pages = createPageReader({ clock: systemClock, allowLoopback: true })
    const found = await research(researchOn(model, { pages }), { locale, brief }, elementListener())
    const { output: plan } = await strategize(
      agents,
      { locale, brief, research: found.output.value },
      elementListener(),
    )
    const made = await writeCreatives(
      agents,
      {
        locale,
        brief,
        research: found.output.value,
        strategy: plan.value,
        videoSeconds: brief['goal.video_seconds'] ?? 8,
        size: '720x1280',
      },
      elementListener(),
    )
    const { output: spoken } = await script(
      agents,
      { locale, brief, strategy: plan.value, film: made.value.video_prompt_package },
      elementListener(),
    )

    expect(model.calls.map(({ asker }) => asker)).toEqual([
      'search',
      'research',
      'strategy',
      'creative',
      'creative',
      'creative',
      'voice',
    ])
    expect(found.droppedEvidence).toBe(1)
    const { evidence, competitor_notes, risk_flags } = found.output.value
    expect(evidence.map(({ id }) => id)).not.toContain('e6')
    // What is shown as verified was really read, and the page for people only was not.
    expect(Object.fromEntries(evidence.map(({ id, verified }) => [id, verified]))).toEqual({
      e1: true,
      e2: true,
      e3: true,
      e4: true,
      e5: true,
      e7: true,
      e8: false,
    })
    expect(competitor_notes.map(({ brand }) => brand)).not.toContain('아자차 커피')
    expect(risk_flags.join()).toContain('아자차 커피')
    expect(made.value.ad_copies).toHaveLength(adCopiesWanted)
    expect(spoken.value.timing_map.map(({ text }) => text).join(' ')).toBe(
      spoken.value.voiceover_script_short,
    )
    const channels = new Set(brief['channel.channels'])
    for (const { channel } of [...made.value.ad_copies, ...plan.value.weekly_plan]) {
      expect(channels).toContain(channel)
    }
    const sold = JSON.stringify([made.value, spoken.value])
    expect(sold).not.toMatch(/최고|최초|유일|1위|100%|완벽|치료|효능|면역|다이어트|피로|할인/)
    expect(sold).not.toContain('12,900')
  })
})

describe('the rehearsed voices', () => {
  const call = (path: string, body: FormData | string) =>
    fetch(`${model.url}${path}`, {
      method: 'POST',
      body,
      ...(typeof body === 'string' ? { headers: { 'content-type': 'application/json' } } : {}),
    })
  const transcribe = async (bytes: Buffer): Promise<unknown> => {
    const form = new FormData()
    form.set('file', new File([new Uint8Array(bytes)], 'speech.webm'))
    return (await call('/audio/transcriptions', form)).json()
  }
  const speak = (input: string, response_format = 'mp3') =>
    call('/audio/speech', JSON.stringify({ model: 'any', voice: 'coral', input, response_format }))

  it('are small, and say what the script says now', async () => {
    const recorded = JSON.parse(await readFile(textsFile, 'utf8'))
    for (const [name, voice] of Object.entries(voices)) {
      expect((await recordingOf(voice)).length).toBeLessThan(60_000)
      expect(recorded[name], 'record-voices.ts has to be run again').toBe(voice.text)
    }
  })

  it('one recording is transcribed word for word, and no other at all', async () => {
    const line = await recordingOf(voices.line)
    expect(await transcribe(Buffer.from(bareRecording(line, 'webm')))).toEqual({
      text: voices.line.text,
    })
    expect(conversation.map(({ user }) => user)).toContain(voices.line.text)
    expect(await transcribe(await recordingOf(voices.answer))).toEqual({ text: '' })
  })

  it('read the last answer, and say for any other text that this is a rehearsal', async () => {
    const audioOf = async (input: string) => Buffer.from(await (await speak(input)).arrayBuffer())
    expect(await audioOf(conversation.at(-1)?.response_text ?? '')).toEqual(
      await recordingOf(voices.answer),
    )
    expect(await audioOf('안녕하세요')).toEqual(await recordingOf(voices.unscripted))
    expect((await speak('안녕하세요', 'wav')).status).toBe(400)
  })
})
