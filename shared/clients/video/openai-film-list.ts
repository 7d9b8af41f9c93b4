import * as z from 'zod'
import { StudioError } from '../../contracts/errors.ts'
import type { FilmOrder } from './film-vendor.ts'
import { callServer, errorIn, type FilmServer, failedStates, jsonIn } from './openai-film-calls.ts'

/** Jobs of the project, the newest first: https://developers.openai.com/api/reference/resources/videos/methods/list. */
const Jobs = z.object({
  data: z.array(
    z.looseObject({
      id: z.string().min(1),
      status: z.string().nullish(),
      /** Unix seconds. */
      created_at: z.number(),
      prompt: z.string().nullish(),
      seconds: z.union([z.string(), z.number()]).transform(String).nullish(),
      size: z.string().nullish(),
    }),
  ),
})
type ListedJob = z.infer<typeof Jobs>['data'][number]

const maxListBytes = 4 * 1024 * 1024
/** Milliseconds by which the clocks of a server and of ours may differ. */
const clockSkew = 15_000
/** What servers without a list of their jobs answer. */
const unlistedStatuses = new Set([404, 405, 501])

/** None of a server that lists no jobs. @throws what keeps the list from being read: the job may be in it */
const listed = async (
  server: FilmServer,
  prompt: string,
  signal: AbortSignal,
): Promise<ListedJob[]> => {
  const request = { path: '/videos?limit=100&order=desc', prompt, signal }
  try {
    return await callServer(server, request, async (response, private_) => {
      const json = await jsonIn(response, maxListBytes)
      const jobs = Jobs.safeParse(json)
      if (jobs.success) return jobs.data.data
      const failure = errorIn(json, private_)
      if (failure) throw failure
      return []
    })
  } catch (error) {
    const status = error instanceof StudioError ? error.vendor?.status : undefined
    if (unlistedStatuses.has(status ?? 0)) return []
    throw error
  }
}

/** A text without its line breaks, which a form sends as CRLF and a server may tell in either way. */
const wordsOf = (text: string): string => text.trim().replace(/\s+/gu, ' ')

/** Whether a job is that of this order, which was begun at `since` or later and may yet come to something. */
const isOf =
  ({ prompt, seconds, width, height }: FilmOrder, since: number) =>
  (job: ListedJob): boolean =>
    wordsOf(job.prompt ?? '') === wordsOf(prompt) &&
    job.created_at * 1000 >= since - clockSkew &&
    !failedStates.has(job.status?.toLowerCase() ?? '') &&
    (job.seconds ?? String(seconds)) === String(seconds) &&
    (job.size ?? `${width}x${height}`) === `${width}x${height}`

/** The name of an order's job in the server's list. @param since epoch milliseconds */
export const findInList = async (
  server: FilmServer,
  order: FilmOrder,
  since: number,
  signal: AbortSignal,
): Promise<string | null> =>
  (await listed(server, order.prompt, signal)).find(isOf(order, since))?.id ?? null
