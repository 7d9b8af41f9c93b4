import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { RunView } from '../../shared/contracts/runs.ts'
import { audioDuration } from '../../shared/platform/audio/audio-duration.ts'
import { readOrigin } from '../../shared/platform/xmp/picture-xmp.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { conversation } from './conversation.ts'

const demo = join(import.meta.dirname, 'demo.ts')

/** Words that a transcript must hold one after the other. */
const expectInOrder = (transcript: string, words: string[]): void => {
  let from = 0
  for (const word of words) {
    const at = transcript.indexOf(word, from)
    expect(at, `“${word}” after character ${from} of:\n${transcript}`).toBeGreaterThanOrEqual(0)
    from = at + word.length
  }
}

/** A text's first words: the transcript breaks lines. */
const opening = (words: string): string => words.slice(0, 12)

/** What was said and answered in these lines of the conversation. */
const exchanges = (from: number, to?: number): string[] =>
  conversation
    .slice(from, to)
    .flatMap(({ user, response_text }) => [user, response_text].map(opening))

/** What the transcript says, one after the other. */
const milestones = [
  'REHEARSAL',
  'http://127.0.0.1:',
  ...exchanges(0, 1),
  '남음: product.features',
  'GATE_NOT_READY',
  ...exchanges(1, 3),
  '녹음 파일로 보냅니다',
  '알아들음',
  opening(conversation[3]?.user ?? ''),
  ...exchanges(3, 5),
  'CHAT_COLLECTING → BRIEF_READY',
  'gate.ready',
  ...exchanges(5),
  '10봉 13,900원',
  '리허설 목소리',
  '제품 사진을 올립니다',
  '갈색 띠를',
  'BRIEF_READY → RUN_RESEARCH (research)',
  '원문에서 확인',
  'http://coffee-institute.localhost:',
  '검색 결과에만 있음',
  '주의',
  'RUN_RESEARCH → GEN_STRATEGY (strategy)',
  '1일차',
  'GEN_STRATEGY → GEN_CREATIVES (creative)',
  'c10',
  'GEN_CREATIVES (voice)',
  '자막',
  'GEN_CREATIVES → DONE',
  '근거 6건은 그 문장을 페이지 원문에서 찾았고, 1건은',
  '근거 1건을 버렸습니다',
  '견적',
  'poster 완성',
  'assets completed 100%',
  'video 완성',
  '빠진 번호가 없고',
  '출시 패키지',
  '음성 파일',
  '파일 폴더',
]

/** Files of all kinds, each told in a line, stamped as the rehearsal's, without ffmpeg. */
const expectFiles = async (folder: string, transcript: string): Promise<void> => {
  const names = await readdir(folder)
  const endings = ['.jpg', '.mp3', '.srt', '.vtt', '.mp4']
  expect(endings.filter((ending) => !names.some((name) => name.endsWith(ending)))).toEqual([])
  for (const name of names) expect(transcript).toContain(name)
  expect(transcript).not.toContain('만들지 못함')
  const posters = names.filter((name) => name.includes('-poster-'))
  for (const poster of posters) {
    const bytes = await readFile(join(folder, poster))
    expect(readOrigin(bytes)?.aiSystem).toBe('rehearsal rehearsal-script')
  }
  expect(posters).toHaveLength(4)
}

/** `npm run demo -- --once --fast`, with its temporary files and the studio's in folders of their own. */
const runDemo = async (temporary: string, studio: string): Promise<string> => {
  const child = spawn(process.execPath, [demo, '--once', '--fast'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NO_COLOR: '1',
      TMPDIR: temporary,
      LAUNCH_STUDIO_DATA: studio,
      FFMPEG_PATH: 'off',
    },
  })
  const [transcript, complaints] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  expect(child.exitCode, `${transcript}\n${complaints}`).toBe(0)
  return transcript
}

it('plays the whole journey, once, and leaves nothing but the package and its files', {
  timeout: limit(120_000),
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'launch-studio-demo-test-'))
  const temporary = join(folder, 'temporary')
  await mkdir(temporary)
  const transcript = await runDemo(temporary, join(folder, 'studio'))
  expect(transcript).not.toContain('\u001b')
  expectInOrder(transcript, milestones)

  const file = /출시 패키지 (\S+\.json)/.exec(transcript)?.[1] ?? ''
  const view = RunView.parse(JSON.parse(await readFile(file, 'utf8')))
  expect(view.state).toBe('DONE')
  expect(Object.values(view.provenance).map(({ provider }) => provider)).toEqual(
    Array(4).fill('rehearsal'),
  )

  await expectFiles(dirname(file), transcript)
  const voice = /음성 파일 +(\S+\.mp3)/.exec(transcript)?.[1] ?? ''
  expect(audioDuration(await readFile(voice), 'audio/mpeg')).toBeGreaterThan(3000)
  expect(await readdir(temporary)).toEqual([])
  await rm(folder, { recursive: true })
})
