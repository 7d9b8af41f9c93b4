import { type Answer, answers } from '../support/model-server/answers.ts'
import { type AudioAnswer, audioAnswers } from '../support/model-server/audio.ts'
import {
  type ModelCallSeen,
  type ModelServer,
  startModelServer,
} from '../support/model-server/model-server.ts'
import { rehearsedPlanner } from './planner.ts'
import { creative } from './script/creative.ts'
import { research } from './script/research.ts'
import { consultedOnly, findings } from './script/search.ts'
import { strategy } from './script/strategy.ts'
import { voice } from './script/voice.ts'
import { recordingOf, voices } from './voices.ts'

/** The name under which every answer of the rehearsal is stored. */
export const rehearsalModelName = 'rehearsal-script'

/** `natural` writes as fast as today's models do; `fast` does not wait at all. */
export const paces = ['natural', 'fast'] as const
export type Pace = (typeof paces)[number]

/** Milliseconds before the first delta and between deltas, and characters in each. */
interface Rhythm {
  first: number
  between: number
  characters: number
}

/** Talk goes at a speed at which it can be read; the long answers as fast as a quick model writes. */
const rhythms = {
  talk: { first: 350, between: 16, characters: 4 },
  search: { first: 1200, between: 10, characters: 6 },
  work: { first: 400, between: 10, characters: 8 },
} as const satisfies Record<string, Rhythm>

const rhythmOf = (call: ModelCallSeen): Rhythm => {
  if (call.asker === 'planner') return rhythms.talk
  return call.asker === 'search' ? rhythms.search : rhythms.work
}

/** A script has no tokens; two characters count as one, so that the sums in a package add up. */
const tokens = (text: string): number => Math.ceil(text.length / 2)

const wordsOf = (call: ModelCallSeen): string => {
  switch (call.asker) {
    case 'planner':
      return JSON.stringify(
        rehearsedPlanner({
          session: call.data('session'),
          message: call.data('user_message'),
          language: /\p{Script=Hangul}/u.test(call.body.instructions) ? 'ko' : 'en',
        }),
      )
    case 'search':
      return findings.map(({ text }) => text).join('')
    case 'research':
      return JSON.stringify(research)
    case 'strategy':
      return JSON.stringify(strategy)
    case 'creative':
      return JSON.stringify(creative)
    case 'voice':
      return JSON.stringify(voice)
  }
}

const found = {
  citations: findings.flatMap(({ text, cites }) => (cites ? [{ ...cites, after: text }] : [])),
  sources: [...findings.flatMap(({ cites }) => (cites ? [cites] : [])), ...consultedOnly].map(
    ({ url }) => url,
  ),
}

const answerTo = (call: ModelCallSeen, pace: Pace): Answer => {
  const words = wordsOf(call)
  const { first, between, characters } = rhythmOf(call)
  const asked = [call.body.instructions, ...call.body.input.map(({ content }) => content)].join('')
  return answers.text(words, {
    chunkCharacters: characters,
    ...(pace === 'natural' ? { pace: { first, between } } : {}),
    ...(call.asker === 'search' ? found : {}),
    usage: { input_tokens: tokens(asked), output_tokens: tokens(words) },
  })
}

/** It knows one recording and understands nothing in any other; it has three of its own, as MP3. */
const answerInSound = async (server: ModelServer): Promise<void> => {
  const [line, answer, unscripted] = await Promise.all(
    [voices.line, voices.answer, voices.unscripted].map(recordingOf),
  )
  server.transcription.respond(({ file }) =>
    audioAnswers.transcript(line?.equals(file.bytes) ? voices.line.text : ''),
  )
  server.speech.respond(({ body }): AudioAnswer => {
    const recording = body.input === voices.answer.text ? answer : unscripted
    if (body.response_format === 'mp3' && recording) return audioAnswers.speech(recording)
    const message = 'The rehearsal has its voices as MP3 only.'
    return answers.status(400, { message, type: 'invalid_request_error', code: 'mp3_only' })
  })
}

/** Starts the scripted model of the rehearsal on any free port of 127.0.0.1. */
export const startRehearsalModel = async (pace: Pace): Promise<ModelServer> => {
  const server = await startModelServer()
  server.respond((call) => answerTo(call, pace))
  await answerInSound(server)
  return server
}
