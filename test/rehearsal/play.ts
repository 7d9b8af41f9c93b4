import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createStudio } from '../../shared/client/index.ts'
import { routes } from '../../shared/contracts/http.ts'
import { Problem } from '../../shared/contracts/problems.ts'
import type { RunView } from '../../shared/contracts/runs.ts'
import {
  type Client,
  createClient,
  openSocket,
  readLog,
  type Socket,
} from '../support/studio/client.ts'
import { type MadeAssets, makeAssets } from './assets.ts'
import { conversation, type ScriptedTurn } from './conversation.ts'
import { expected } from './expected.ts'
import { followLog, type LogFollower } from './follow-log.ts'
import { rehearsedPicture } from './script/picture.ts'
import { type AnswerAudio, answerAudio, sendRecording } from './speaking.ts'
import type { Transcript } from './transcript.ts'

/** What a played conversation leaves behind. */
export interface Played {
  client: Client
  sessionId: string
  runId: string
  /** Everything that was made lies in it. */
  folder: string
  assets: MadeAssets
  /** The finished package, as a file. */
  packageFile: string
  /** The planner's last answer, as audio. */
  voiceFile: string
  /** Events in the session's log. */
  events: number
}

/** A run of the rehearsal is complete, every stage of it written by the rehearsal's model. */
const checkPackage = (view: RunView): void => {
  const { research_snapshot, strategy_plan, creative_assets, voice_assets } = view
  const parts = { research_snapshot, strategy_plan, creative_assets, voice_assets }
  const empty = Object.entries(parts).flatMap(([name, part]) => (part === null ? [name] : []))
  if (view.state !== 'DONE' || empty.length > 0) {
    throw new Error(`The package is not complete: ${view.state}, without ${empty.join(', ')}.`)
  }
  const providers = new Set(Object.values(view.provenance).map(({ provider }) => provider))
  if (Object.keys(view.provenance).length !== 4 || [...providers].join() !== 'rehearsal') {
    throw new Error(`The package names another provider: ${[...providers].join(', ')}.`)
  }
}

/** A played session: its client, and what followed its log. */
interface Stage {
  client: Client
  sessionId: string
  /** The session's path. */
  at: string
  socket: Socket
  log: LogFollower
  transcript: Transcript
}

/** The log over HTTP is 1..n, and what the socket brought is the same. @returns n */
const checkLog = async ({ client, sessionId, log }: Stage): Promise<number> => {
  const stored = await readLog(client, sessionId)
  const gap = stored.findIndex(({ seq }, index) => seq !== index + 1)
  if (gap >= 0) throw new Error(`The log has no event ${gap + 1}.`)
  if (JSON.stringify(stored) !== JSON.stringify(log.events())) {
    throw new Error('The socket brought something else than the log holds.')
  }
  return stored.length
}

const startSession = async (client: Client) => {
  const started = expected(await client.post('/api/chat/session', {}), 201, 'A new session')
  const session = routes.createSession.answer.parse(started.body)
  client.token = session.token
  return session
}

const send = async (
  { client, at, socket, transcript }: Stage,
  { user, via }: ScriptedTurn,
  turn: number,
): Promise<void> => {
  const message = { message: user, client_message_id: `line-${turn}` }
  if (via === 'socket') {
    transcript.note('소켓', '다음 말은 HTTP가 아니라 소켓의 message로 보냅니다.')
    socket.send({ action: 'message', ...message })
  } else if (via === 'voice') {
    transcript.note('음성', '다음 말은 글이 아니라 녹음 파일로 보냅니다 (espeak-ng의 목소리).')
    await sendRecording(client, at)
  } else expected(await client.post(`${at}/message`, message), 200, `Message ${turn}`)
}

const takeTurn = async (stage: Stage, line: ScriptedTurn, turn: number): Promise<void> => {
  const ended = stage.log.until(
    ({ type, data }) => endOfTurn.has(type) && 'turn' in data && data.turn === turn,
  )
  const [{ type }] = await Promise.all([ended, send(stage, line, turn)])
  if (type === 'error') throw new Error(`Turn ${turn} failed; the transcript says why.`)
}

/** Shows the product's picture, which the rehearsal's model knows. */
const showPicture = async ({ client, at, log, transcript }: Stage, turn: number): Promise<void> => {
  transcript.note('사진', '제품 사진을 올립니다 (코드로 그린 그림).')
  const form = new FormData()
  form.set('image', new Blob([new Uint8Array(await rehearsedPicture())]), 'product.png')
  const ended = log.until(
    ({ type, data }) => endOfTurn.has(type) && 'turn' in data && data.turn === turn,
  )
  const [answer] = await Promise.all([client.post(`${at}/product-image`, form), ended])
  const { body } = expected(answer, 200, 'The picture')
  const { image_summary } = routes.addProductImage.answer.parse(body)
  if (image_summary === null) throw new Error("The rehearsal's model did not see its picture.")
  transcript.note('사진', image_summary)
}

const generateTooEarly = async ({ client, sessionId, transcript }: Stage): Promise<void> => {
  const refused = await client.post(`/api/runs/${sessionId}/generate`)
  const problem = Problem.parse(expected(refused, 409, 'A run before its time').body)
  transcript.note('생성 시도', `409 ${problem.error.code}: ${problem.error.message}`)
}

/** Runs to the end. @returns the run's id and the body of its package */
const generate = async ({ client, sessionId, log, transcript }: Stage) => {
  const accepted = expected(await client.post(`/api/runs/${sessionId}/generate`), 202, 'The run')
  const { run_id: runId } = routes.generate.answer.parse(accepted.body)
  const { type } = await log.until((event) => endOfRun.has(event.type) && event.run_id === runId)
  if (type === 'error') throw new Error(`The run ${runId} failed; the transcript says why.`)
  const { body } = expected(await client.get(`/api/runs/${runId}`), 200, 'The package')
  const view = routes.getRun.answer.parse(body)
  checkPackage(view)
  const evidence = view.research_snapshot?.evidence ?? []
  const verified = evidence.filter((each) => each.verified).length
  transcript.note(
    '검증',
    `근거 ${verified}건은 그 문장을 페이지 원문에서 찾았고, ${evidence.length - verified}건은 검색 결과에만 있습니다.`,
  )
  transcript.note(
    '검증',
    `검색이 돌려주지 않은 주소를 댄 근거 ${view.dropped_evidence}건을 버렸습니다 (No-Fake).`,
  )
  return { runId, body }
}

const playOn = async (stage: Stage, folder: string): Promise<Omit<Played, 'client'>> => {
  const { client, sessionId, at, transcript } = stage
  for (const [index, line] of conversation.entries()) {
    await takeTurn(stage, line, index + 1)
    if (index === 0) await generateTooEarly(stage)
  }
  const voice = await answerAudio(client, at)
  transcript.note('음성', aboutVoice(voice))
  await showPicture(stage, conversation.length + 1)
  const { runId, body } = await generate(stage)
  const own = join(folder, runId)
  await mkdir(own, { recursive: true })
  const assets = await makeAssets(stage, runId, own)
  const events = await checkLog(stage)
  transcript.note(
    '검증',
    `이벤트 seq 1..${events}에 빠진 번호가 없고, 소켓으로 들은 것과 저장된 로그가 같습니다.`,
  )
  const packageFile = join(own, 'package.json')
  await writeFile(packageFile, `${JSON.stringify(body, null, 2)}\n`)
  const voiceFile = join(own, `answer.${voice.format}`)
  await writeFile(voiceFile, voice.audio)
  return { sessionId, runId, folder: own, assets, packageFile, voiceFile, events }
}

/**
 * Plays the rehearsed conversation as any client would, over HTTP and a socket: a session, its turns,
 * a run, and the package and the run's files into a folder of its own in `folder`.
 * @throws Error that says what did not go as it should
 */
export const play = async (
  origin: string,
  folder: string,
  transcript: Transcript,
  signal: AbortSignal,
): Promise<Played> => {
  const client = createClient(origin)
  const { session_id: sessionId, assistant_message } = await startSession(client)
  const at = `/api/chat/session/${sessionId}`
  const socket = await openSocket(client, sessionId)
  const stream = createStudio({ origin, token: () => client.token })
    .session(sessionId)
    .events({ signal, transports: ['socket'] })
  try {
    const log = followLog(stream, (event) => transcript.print(event), signal)
    await log.until(({ type }) => type === 'session.started')
    transcript.note('안내', assistant_message.text)
    const stage: Stage = { client, sessionId, at, socket, log, transcript }
    return { client, ...(await playOn(stage, folder)) }
  } finally {
    stream.close()
    await socket.close()
  }
}

const aboutVoice = ({ duration_ms, bytes_size, format }: AnswerAudio): string =>
  `마지막 답을 ${(duration_ms / 1000).toFixed(1)}초짜리 ${format}로 받았습니다 (${bytes_size}바이트, 미리 녹음한 리허설 목소리).`

const endOfTurn: ReadonlySet<string> = new Set(['turn.completed', 'error'])
const endOfRun: ReadonlySet<string> = new Set(['run.completed', 'error'])
