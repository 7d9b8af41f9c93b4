/**
 * `npm run bench:peers`: the same work by what people would use instead, in the same interleaved rounds as ours.
 * Installs the peers from npm and PyPI into `.launch-studio/peers` (some 700 MB), needs Python 3.10 with venv for
 * LangGraph, and takes some half an hour on an idle machine. `--quick` takes few rounds, `--only ai-sdk,restate` some
 * of the peers; `--save docs/bench-peers-figures.json` keeps the figures for `npm run docs`. Exits with 1 when a target
 * is missed.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { creativePartNames } from '../../shared/contracts/creative-parts.ts'
import { cutToPart } from '../../test/support/model-server/creative-parts.ts'
import type { Asker } from '../../test/support/model-server/model-server.ts'
import { openContext } from '../bench-context.ts'
import { now } from '../clock.ts'
import { exitWith, readArguments, Usage } from '../command-line.ts'
import { requestOfTurn } from '../first-text.ts'
import { beginResults, keepResults, studioFolder } from '../results.ts'
import { fullRounds, quickRounds, shorter } from '../rounds.ts'
import { instant, wholeRun } from '../scripts.ts'
import { measureRun } from '../stages.ts'
import { hasFailed } from '../statistics.ts'
import { type Crash, crashPeer, crashStudio } from './crash.ts'
import { askersOfRun, measureField } from './figures.ts'
import { installPeers } from './install.ts'
import { type PeerResults, targetsOf, textOfResults } from './peer-results.ts'
import { type PeerPlace, peers, type RunningPeer } from './peers.ts'

const usage = `Usage: node bench/peers/run.ts [--quick] [--only PEER,...] [--save FILE]
Peers: ${peers.map(({ name }) => name).join(', ')}`
const read = readArguments(usage, {
  args: process.argv.slice(2),
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    save: { type: 'string' },
  },
})
if (read instanceof Usage) exitWith(read)
const { values } = read
const wanted = values.only?.split(',')
const startedAt = now()
const step = (what: string): void => {
  process.stderr.write(`${((now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${what}\n`)
}

const folder = join(studioFolder, 'peers')
// Six take turns, so that few rounds take long enough.
const plan = values.quick ? shorter(quickRounds, 2) : fullRounds
const missing: Record<string, string> = { ...(await installPeers(folder, step)) }
const results: PeerResults = {
  ...beginResults(values.quick, plan),
  peers: peers.map(({ start, ...peer }) => peer),
  missing,
  figures: [],
  crashes: [],
}
const context = await openContext(plan, step)
const running = new Map<string, RunningPeer>()
try {
  const { model } = context
  const placeOf = (name: string): PeerPlace => ({
    folder,
    data: join(folder, 'data', name),
    modelUrl: model.url,
  })
  await rm(join(folder, 'data'), { recursive: true, force: true })
  await mkdir(join(folder, 'data'), { recursive: true })
  const { engine, raw } = await context.running()
  // The latest request of the planner is that of a first turn, as the contestants' are.
  await measureRun(engine.origin, model, { mode: 'standard', pace: instant })
  await requestOfTurn(engine.origin, model)
  const requests = await model.requests()
  await writeFile(join(folder, 'requests.json'), JSON.stringify(requests))
  const taking = peers.filter(
    ({ name }) => missing[name] === undefined && (wanted?.includes(name) ?? true),
  )
  for (const peer of taking) {
    step(`starting ${peer.name}`)
    try {
      running.set(peer.name, await peer.start(placeOf(peer.name)))
    } catch (error) {
      missing[peer.name] = String(error)
    }
  }
  results.figures.push(
    ...(await measureField(
      { engine, model, raw, peers: running },
      {
        requests,
        plan,
        step,
        failed: (part, error) => results.failures.push({ part, error: String(error) }),
      },
    )),
  )
  for (const peer of running.values()) await peer.kill()
  await context.stopRunning()
  const kill = async (whose: string, work: () => Promise<Crash | undefined>): Promise<void> => {
    step(`crash of ${whose}`)
    try {
      results.crashes.push(...[(await work()) ?? []].flat())
    } catch (error) {
      // The figures before it are worth their time all the same.
      results.failures.push({ part: `crash of ${whose}`, error: String(error) })
    }
  }
  await kill('the studio', () => crashStudio(context, model))
  const answers = wholeRun(instant)
  const answerOf = (asker: (typeof askersOfRun)[number]) => {
    const part = creativePartNames.find((each) => asker === `creative_${each}`)
    return part && answers.creative ? cutToPart(answers.creative, part) : answers[asker as Asker]
  }
  const expected = askersOfRun
    .map(answerOf)
    .map((answer) => (answer?.kind === 'stream' ? answer.chunks.join('') : ''))
    .join('')
  for (const peer of taking.filter(({ name }) => running.has(name))) {
    const place = placeOf(`${peer.name}-crash`)
    await kill(peer.name, () => crashPeer(peer, place, model, expected))
  }
} finally {
  for (const peer of running.values()) await peer.kill()
  await context.close()
}
results.seconds = Math.round((now() - startedAt) / 1000)
results.load.after = loadavg()[0] ?? 0
results.rows.push(...targetsOf(results))
step('done')
const kept = keepResults(results, 'peers', values.save)
process.stdout.write(`\n${textOfResults(results)}\n\n${kept}\n`)
for (const { part, error } of results.failures) {
  process.stdout.write(`${part}: ${error}\n`)
}
if (results.failures.length > 0 || results.rows.some(hasFailed)) process.exitCode = 1
