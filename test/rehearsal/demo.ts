/**
 * `npm run demo [-- --once] [-- --fast]`: the local engine, out of the template that deploys, with a
 * rehearsal in the place of the model. Plays one launch conversation by itself and stays up.
 * Ends 0 after `--once` or Ctrl-C, and otherwise with a reason.
 */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { prepare, serve } from '../../local/boot.ts'
import type { Engine } from '../../local/engine.ts'
import type { KeptSynthesis } from '../../local/synthesis/kept-syntheses.ts'
import { environmentNames, modelSettingNames } from '../../shared/platform/environment-names.ts'
import { type Pace, rehearsalModelName } from './model.ts'
import { startModelProcess } from './model-process.ts'
import { type Played, play } from './play.ts'
import { openTerminal, padded, type Terminal } from './terminal.ts'
import { createTranscript } from './transcript.ts'
import { voices } from './voices.ts'

/** Milliseconds after which a journey has gone wrong. */
const journeyDeadlineMs = 180_000

/** Where `npm start` keeps its data too; the demo's own go with it. */
const studioFolder =
  process.env.LAUNCH_STUDIO_DATA || join(import.meta.dirname, '..', '..', '.launch-studio')

const showBanner = ({ paint, columns, line }: Terminal): void => {
  const rows = [
    '',
    '리허설 · REHEARSAL',
    '정해진 대본을 읽는 모델이며 AI가 아닙니다. 나오는 글은 모두 미리 쓴 것이고,',
    '회사와 통계는 지어낸 예시이고, 페이지는 이 컴퓨터에 있으며, 목소리는 미리 녹음해 두었습니다.',
    '모든 출처에 provider: "rehearsal"이 남습니다.',
    'A scripted model, not an AI: every text, voice, page, company and figure was made beforehand.',
    '',
  ]
  line()
  for (const row of rows) line(paint(['bgYellow', 'black', 'bold'], padded(`   ${row}`, columns)))
  line()
}

const showWayOn = (
  { paint, line }: Terminal,
  engine: Engine,
  { client, sessionId, runId }: Played,
): void => {
  const auth = `-H "authorization: Bearer $TOKEN"`
  const chat = `$STUDIO/api/chat/session/${sessionId}`
  line(paint('bold', '  이어서 해 보기 (Ctrl-C로 끝냅니다)'))
  line()
  line(`  export STUDIO=${engine.origin}`)
  line(`  export TOKEN=${client.token}`)
  line()
  for (const command of [
    `curl -s ${auth} $STUDIO/api/runs/${runId}`,
    `curl -s ${auth} "${chat}/events?after=0&limit=1000"`,
    `curl -s ${auth} -H "content-type: application/json" -d '{"message": "안녕하세요"}' ${chat}/message`,
    `curl -s ${auth} -F audio=@${voices.line.file} ${chat}/voice-turn`,
    `curl -s ${auth} -X POST ${chat}/ticket`,
  ]) {
    line(`  ${command}`)
  }
  line()
  line(
    `  ${paint('dim', `소켓: 위의 마지막 명령이 주는 표로 ${engine.socketUrl}?ticket=… 을 열고`)}`,
  )
  line(
    `  ${paint('dim', '{"action": "resume", "after_seq": 0} 을 보내면 로그가 처음부터 옵니다.')}`,
  )
  line()
}

/** Everything that was made, one line for each file, and why an asset is not there. */
const showAssets = ({ paint, line }: Terminal, { folder, assets }: Played): void => {
  line(`  ${paint(['green', 'bold'], '파일 폴더')}   ${folder}`)
  for (const { path, about } of assets.files) {
    line(`    ${basename(path)} ${paint('dim', `(${about})`)}`)
  }
  for (const failure of assets.failures) line(`    ${paint('red', `만들지 못함: ${failure}`)}`)
}

/** What tells the product to use the rehearsal's model. */
const rehearsalSettings = (modelUrl: string): Record<string, string> => {
  const names = modelSettingNames
  const models = [
    names.plannerModel,
    names.pictureModel,
    names.researchModel,
    names.strategyModel,
    names.creativeModel,
    names.voiceModel,
    names.sttModel,
    names.ttsModel,
    names.imageModel,
  ]
  return {
    [environmentNames.openaiApiKey]: 'rehearsal',
    [names.baseUrl]: modelUrl,
    // Its pages are on this machine too, and are really read.
    [environmentNames.pagesAllowLoopback]: 'true',
    [names.provider]: 'rehearsal',
    // Films are the product's own animation; whether ffmpeg takes part is the machine's.
    [names.videoProvider]: 'motion',
    [names.ffmpegPath]: process.env[names.ffmpegPath] ?? '',
    ...Object.fromEntries(models.map((name) => [name, rehearsalModelName])),
  }
}

const prepareStudio = ({ paint, line }: Terminal, signal: AbortSignal): Promise<KeptSynthesis> =>
  prepare({
    environment: {},
    synthesisDirectory: join(studioFolder, 'synthesis'),
    onSynthesis: () =>
      line(paint('dim', '  처음이거나 소스가 바뀌어, 함수를 묶고 템플릿을 만듭니다 …')),
    signal,
  })

/** Sets everything up, plays, waits unless it is for once, and takes everything down again. */
const rehearse = async (
  { pace, forOnce }: { pace: Pace; forOnce: boolean },
  terminal: Terminal,
  stop: AbortSignal,
  log: (line: string) => void,
): Promise<void> => {
  const { paint, line } = terminal
  const startedAt = performance.now()
  const since = (): string => `${((performance.now() - startedAt) / 1000).toFixed(1)}초`
  await using stack = new AsyncDisposableStack()
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), 'launch-studio-rehearsal-')), (it) =>
    rm(it, { recursive: true, force: true }),
  )
  line(paint('dim', '  대본 모델과 로컬 엔진을 시작합니다 …'))
  const starting = startModelProcess(pace)
  // When it does not start, the next line says so.
  stack.defer(() => starting.then((model) => model.stop()).catch(() => {}))
  const [model, synthesis] = await Promise.all([starting, prepareStudio(terminal, stop)])
  const engine = stack.adopt(
    await serve(synthesis, {
      environment: rehearsalSettings(model.url),
      dataDirectory: join(folder, 'data'),
      port: 0,
      log,
    }),
    (it) => it.close(),
  )
  stop.throwIfAborted()
  for (const left of engine.notEmulated) line(paint('dim', `  로컬에서 흉내 내지 않음: ${left}`))
  line(
    `  ${paint('green', '준비됨')} ${since()}, 브라우저에서 열기: ${paint('bold', engine.origin)}`,
  )
  line()

  const signal = AbortSignal.any([stop, AbortSignal.timeout(journeyDeadlineMs)])
  const played = await play(
    engine.origin,
    join(studioFolder, 'rehearsal'),
    createTranscript(terminal),
    signal,
  )
  line()
  line(`  ${paint(['green', 'bold'], '출시 패키지')} ${played.packageFile}`)
  line(`  ${paint(['green', 'bold'], '음성 파일')}   ${played.voiceFile}`)
  showAssets(terminal, played)
  line(`  ${paint('dim', `이벤트 ${played.events}개, 처음부터 ${since()}`)}`)
  line()
  if (forOnce) return
  showWayOn(terminal, engine, played)
  if (!stop.aborted) await once(stop, 'abort')
}

const { values } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    fast: { type: 'boolean', default: false },
  },
})
const terminal = openTerminal(process.stdout)
const stop = new AbortController()
const logged: string[] = []
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    // A second signal does not wait for a tidy end.
    if (stop.signal.aborted) process.exit(130)
    stop.abort()
  })
}

showBanner(terminal)
try {
  await rehearse(
    { pace: values.fast ? 'fast' : 'natural', forOnce: values.once },
    terminal,
    stop.signal,
    (line) => void logged.push(line),
  )
  terminal.line('  리허설을 마쳤습니다.')
} catch (error) {
  if (stop.signal.aborted) terminal.line('\n  중단했습니다.')
  else {
    terminal.line(`\n  ${terminal.paint('red', '리허설이 실패했습니다.')}`)
    for (const line of logged) console.error(line)
    console.error(error)
  }
  process.exitCode = stop.signal.aborted ? 130 : 1
}
