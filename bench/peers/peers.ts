import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { npmVersions, pythonVersions } from './install.ts'
import {
  killTree,
  type Program,
  portsOf,
  startProgram,
  until,
  untilServing,
} from './peer-process.ts'
import { postedText, type Seen, textOfCustomEvents } from './streams.ts'

/** What starts peers; the model's server stands at `modelUrl`. */
export interface PeerPlace {
  folder: string
  /** Its own data, which outlive its processes. */
  data: string
  modelUrl: string
}

/** A run that goes on whatever becomes of the connection over which it was started. */
export interface StartedRun {
  /** What came over that connection; ends when the connection does. */
  seen: Seen
  /** The whole text of the run's stream or, of a peer that keeps none, its result; once the run is over. */
  whole(restarted: RunningPeer): Promise<string>
}

export interface RunningPeer {
  origin: string
  pids: readonly number[]
  /** One streamed turn. `first` is left out by a peer that does not stream. */
  turn(): Promise<{ first?: number; wall: number }>
  /** Five calls of the model, one behind the other; resolves when they are over. */
  run(): Promise<void>
  startRun?(): Promise<StartedRun>
  kill(): Promise<void>
}

export interface Peer {
  name: string
  title: string
  version: string
  /** What it is compared without, in words. */
  cannot: readonly string[]
  /** Keeps a run over the end of its processes, by its own account. */
  durable: boolean
  start(place: PeerPlace): Promise<RunningPeer>
}

const programOf = (
  { folder, data, modelUrl }: PeerPlace,
  name: string,
  program: Pick<Program, 'command' | 'args'> & { port: number; more?: Record<string, string> },
): Program => ({
  command: program.command,
  args: program.args,
  cwd: join(folder, name),
  environment: {
    PORT: String(program.port),
    HOST: '127.0.0.1',
    OPENAI_BASE_URL: modelUrl,
    BENCH_REQUESTS: join(folder, 'requests.json'),
    ...program.more,
  },
  log: join(data, '..', `${name}.log`),
})

const discard = async (response: Response): Promise<void> => {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}.`)
  await response.arrayBuffer()
}

const posted = (url: string, body?: unknown): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })

const aiSdk: Peer = {
  name: 'ai-sdk',
  title: 'Vercel AI SDK, bare Node server',
  version: npmVersions.ai,
  cannot: ['keeps no log: a reader cannot resume, and a crash loses the turn and the run'],
  durable: false,
  async start(place) {
    const [port = 0] = await portsOf(place.data, 1)
    const child = startProgram(
      programOf(place, 'ai-sdk', { command: process.execPath, args: ['server.mjs'], port }),
    )
    const origin = `http://127.0.0.1:${port}`
    await untilServing(origin)
    return {
      origin,
      pids: [child.pid ?? 0],
      turn: () => postedText(`${origin}/turn`).times(),
      run: async () => discard(await posted(`${origin}/run`)),
      kill: () => killTree(child),
    }
  },
}

const workflow: Peer = {
  name: 'workflow',
  title: 'Vercel Workflow, local world',
  version: npmVersions.workflow,
  cannot: [],
  durable: true,
  async start(place) {
    const [port = 0] = await portsOf(place.data, 1)
    const child = startProgram(
      programOf(place, 'workflow', {
        command: process.execPath,
        args: ['.output/server/index.mjs'],
        port,
        more: { WORKFLOW_TARGET_WORLD: 'local', WORKFLOW_LOCAL_DATA_DIR: place.data },
      }),
    )
    const origin = `http://127.0.0.1:${port}`
    await untilServing(origin)
    return {
      origin,
      pids: [child.pid ?? 0],
      turn: () => postedText(`${origin}/api/turn`).times(),
      run: async () => discard(await posted(`${origin}/api/run`)),
      async startRun() {
        const request = postedText(`${origin}/api/run`)
        const id = (await request.headers).get('x-run-id') ?? ''
        return {
          seen: request,
          whole: async (restarted) =>
            (await fetch(`${restarted.origin}/api/stream?run=${id}`)).text(),
        }
      },
      kill: () => killTree(child),
    }
  },
}

const restate: Peer = {
  name: 'restate',
  title: 'Restate',
  version: npmVersions['@restatedev/restate-server'],
  cannot: ['a handler answers in one piece: no streamed text of its own, so no first text'],
  durable: true,
  async start(place) {
    const [port = 0, ingress, admin, node] = await portsOf(place.data, 4)
    const service = startProgram(
      programOf(place, 'restate', {
        command: process.execPath,
        args: ['service.mjs'],
        port,
        more: { RESTATE_LOGGING: 'WARN' },
      }),
    )
    // The package's command is a Node process that waits for this one.
    const own = `restate-server-${process.platform}-${process.arch}`
    const binary = join(place.folder, 'node_modules', '@restatedev', own, 'bin', 'restate-server')
    const server = startProgram({
      ...programOf(place, 'restate', {
        command: binary,
        args: ['--base-dir', place.data, '--node-name', 'bench', '--no-logo'],
        port: 0,
      }),
      environment: {
        RESTATE_BIND_ADDRESS: `127.0.0.1:${node}`,
        RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${node}`,
        RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`,
        RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingress}`,
        RESTATE_DISABLE_TELEMETRY: 'true',
        RUST_LOG: 'warn',
      },
    })
    const origin = `http://127.0.0.1:${ingress}`
    await untilServing(`http://127.0.0.1:${admin}/health`)
    await untilServing(`${origin}/restate/health`)
    // The service speaks HTTP/2 alone: whether it listens shows when it is registered.
    await until(async () => {
      const body = { uri: `http://127.0.0.1:${port}`, force: true }
      return (await posted(`http://127.0.0.1:${admin}/deployments`, body)).ok
    })
    return {
      origin,
      pids: [service.pid ?? 0, server.pid ?? 0],
      turn: async () => ({ wall: (await postedText(`${origin}/studio/turn`).times()).wall }),
      run: async () => discard(await posted(`${origin}/studio/run`)),
      async startRun() {
        const sent = await (await posted(`${origin}/studio/run/send`)).json()
        const id = (sent as { invocationId: string }).invocationId
        return {
          seen: { text: () => '', ended: Promise.resolve() },
          async whole(restarted) {
            const url = `${restarted.origin}/restate/invocation/${id}/attach`
            return Object.values((await (await fetch(url)).json()) as object).join('')
          },
        }
      },
      kill: async () => void (await Promise.all([killTree(server), killTree(service)])),
    }
  },
}

const langGraph: Peer = {
  name: 'langgraph',
  title: 'LangGraph server, in memory',
  version: pythonVersions['langgraph-api'],
  cannot: [
    'its server with a durable store needs a licence key, Postgres and Redis; measured is what PyPI has, the development server',
  ],
  durable: true,
  async start(place) {
    const [port = 0] = await portsOf(place.data, 1)
    mkdirSync(place.data, { recursive: true })
    const child = startProgram(
      programOf(place, 'langgraph', {
        command: join(place.folder, 'python', 'bin', 'langgraph'),
        args: [
          ...['dev', '--no-browser', '--no-reload', '--port', String(port)],
          ...['--n-jobs-per-worker', '60', '--server-log-level', 'warning'],
        ],
        port,
        more: {
          PATH: `${join(place.folder, 'python', 'bin')}:${process.env.PATH}`,
          LOG_LEVEL: 'WARNING',
          LANGSMITH_TRACING: 'false',
          LANGGRAPH_CLI_NO_ANALYTICS: '1',
        },
      }),
    )
    const origin = `http://127.0.0.1:${port}`
    await untilServing(`${origin}/ok`)
    const inThread = async (graph: string, more: object = {}) => {
      const thread = (await (await posted(`${origin}/threads`, {})).json()) as { thread_id: string }
      const path = `/threads/${thread.thread_id}`
      const body = { assistant_id: graph, input: {}, stream_mode: ['custom'], ...more }
      return { path, request: postedText(`${origin}${path}/runs/stream`, body, textOfCustomEvents) }
    }
    return {
      origin,
      pids: [child.pid ?? 0],
      turn: async () => (await inThread('turn')).request.times(),
      run: async () => void (await (await inThread('run')).request.times()),
      async startRun() {
        const { path, request } = await inThread('run', {
          stream_resumable: true,
          on_disconnect: 'continue',
        })
        const location = (await request.headers).get('content-location') ?? ''
        const id = location.split('/').at(-1)
        return {
          seen: request,
          whole: async (restarted) =>
            textOfCustomEvents(
              await (
                await fetch(`${restarted.origin}${path}/runs/${id}/stream?stream_mode=custom`, {
                  headers: { 'last-event-id': '-1' },
                })
              ).text(),
            ),
        }
      },
      kill: () => killTree(child),
    }
  },
}

export const peers: readonly Peer[] = [aiSdk, workflow, restate, langGraph]
