import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { conversation } from './conversation.ts'
import { voice } from './script/voice.ts'

/** A text and its recording, made beforehand by espeak-ng: see record-voices.ts. */
export interface Voice {
  text: string
  /** Path of the recording. */
  file: string
}

const folder = join(import.meta.dirname, 'audio')

/** What the recordings say, as it was when they were made. */
export const textsFile = join(folder, 'texts.json')

const spokenLine = conversation.find(({ via }) => via === 'voice')
const lastAnswer = conversation.at(-1)

export const voices = {
  /** The line of the conversation that is spoken, as a browser would record it. */
  line: { text: spokenLine?.user ?? '', file: join(folder, 'line.webm') },
  /** The planner's last answer, as the rehearsal's voice says it. */
  answer: { text: lastAnswer?.response_text ?? '', file: join(folder, 'answer.mp3') },
  /** The narration of the rehearsed run. */
  narration: { text: voice.voiceover_script_short, file: join(folder, 'narration.mp3') },
  /** What the rehearsal's voice says to any other text. */
  unscripted: {
    text: '저는 리허설용 목소리예요. 이 말은 미리 녹음해 두지 않아서 들려드릴 수 없어요.',
    file: join(folder, 'unscripted.mp3'),
  },
} as const satisfies Record<string, Voice>

export const recordingOf = ({ file }: Voice): Promise<Buffer> => readFile(file)
