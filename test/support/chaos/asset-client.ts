import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AssetView } from '../../../shared/contracts/assets.ts'
import type { RunExportView } from '../../../shared/contracts/http/export-routes.ts'
import type { Answer, Client } from '../studio/client.ts'

/** A stored file as its reader found it. */
interface FileSeen {
  name: string
  sha256: string
  /** Digest of what was read; undefined when nothing could be. */
  read: string | undefined
}

/** What became of the files that a client asked for. */
export interface AssetStory {
  /** The last look at each; those without an end are stuck. */
  assets: AssetView[]
  export: RunExportView | undefined
  files: FileSeen[]
  /** Jobs that were accepted. */
  jobs: string[]
}

type Insist = (
  ask: () => Promise<Answer>,
  statuses: readonly number[],
  until: number,
) => Promise<Answer | undefined>

const wish = {
  kinds: ['poster', 'narration', 'subtitles'],
  placements: ['instagram_feed_4x5'],
}

const isOver = (status: string): boolean => status !== 'queued' && status !== 'running'

/** Looks again and again until `over` holds, or nothing has changed for so long. */
const watch = async <T>(
  ask: () => Promise<Answer>,
  read: (body: Answer['body']) => T,
  { over, boundMs }: { over: (found: T) => boolean; boundMs: number },
): Promise<T | undefined> => {
  let found: T | undefined
  let before = ''
  for (let until = Date.now() + boundMs; Date.now() < until; ) {
    const answer = await ask().catch(() => undefined)
    if (answer?.status === 200) {
      found = read(answer.body)
      if (over(found)) return found
      // Links are signed anew each time.
      const text = JSON.stringify(found).replace(/https?:[^"]+/g, '')
      if (text !== before) until = Date.now() + boundMs
      before = text
    }
    await sleep(700)
  }
  return found
}

const readFile = async (url: string): Promise<string | undefined> => {
  for (let tries = 0; tries < 5; tries += 1) {
    const response = await fetch(url).catch(() => undefined)
    if (response?.ok) {
      const bytes = new Uint8Array(await response.arrayBuffer())
      return createHash('sha256').update(bytes).digest('hex')
    }
    await sleep(500)
  }
  return undefined
}

const seen = async (
  files: readonly { name: string; sha256: string; url: string }[],
): Promise<FileSeen[]> => {
  const found: FileSeen[] = []
  for (const { name, sha256, url } of files) found.push({ name, sha256, read: await readFile(url) })
  return found
}

/** Has the files of a finished run made, and then all of it packed. */
export const runAssets = async (
  client: Client,
  runId: string,
  { boundMs, insist }: { boundMs: number; insist: Insist },
): Promise<AssetStory> => {
  const path = `/api/runs/${runId}`
  const accepted = await insist(
    () => client.post(`${path}/assets/generate/async`, wish),
    [202],
    Date.now() + boundMs,
  )
  const assets = await watch(
    () => client.get(`${path}/assets`),
    ({ assets }): AssetView[] => assets,
    { over: (all) => all.length > 0 && all.every(({ status }) => isOver(status)), boundMs },
  )
  const packed = await insist(() => client.post(`${path}/export`), [202], Date.now() + boundMs)
  const exported = packed
    ? await watch(
        () => client.get(`${path}/exports/${packed.body.export_id}`),
        (view): RunExportView => view,
        { over: ({ status }) => isOver(status), boundMs },
      )
    : undefined
  const files = [...(assets ?? []).flatMap((asset) => asset.files), exported?.file ?? []].flat()
  return {
    assets: assets ?? [],
    export: exported,
    files: await seen(files),
    jobs: [accepted, packed].flatMap((answer) => answer?.body.job_id ?? []),
  }
}
