import type { SharedStudio } from '../studio/shared-studio.ts'
import type { BedrockScript } from './bedrock-server.ts'
import { plannedClip } from './clips.ts'
import type { FilmScript } from './film-server.ts'

/** How a vendor of films meets one start, and the job that comes of it. */
export type FilmFault =
  /** Refused by its policy, before a job is begun. */
  | 'refuses'
  /** Busy for a moment. */
  | 'limits'
  /** Busy for longer than a worker waits: by Retry-After where the vendor sends one. */
  | 'limits for long'
  | 'breaks'
  /** The job is begun, and the connection is cut before its name is told. */
  | 'cuts the connection'
  | 'fails the job'
  /** A look fails, and the job goes on. */
  | 'cannot be asked'
  | 'sends half a clip'

/** What the vendors say, in their own words. */
export const filmReasons = {
  refuses: 'The prompt was blocked by our content filters.',
  limits: 'Too many requests, slow down.',
  breaks: 'Out of capacity.',
  'fails the job': 'No GPU was left.',
}

/** A vendor of films as a test scripts it; what is counted are the films whose prompt contains `about`. */
export interface ScriptedFilms {
  /** The name in provenance. */
  provider: string
  /** The name under which its reasons are told. */
  service: string
  /** How its next starts go; without any as they should. */
  script(about: string, ...faults: FilmFault[]): Promise<void>
  /** Requests to start a job. */
  starts(about: string): number
  /** Jobs that were begun, each of which is charged. */
  jobs(about: string): number
}

/** A clip without its end. */
const halfClip = async (): Promise<Uint8Array> => {
  const whole = await plannedClip()
  return whole.subarray(0, whole.length - 500)
}

const openaiScript = async (fault: FilmFault): Promise<FilmScript> => {
  const refusal = (status: number, message: string, headers = {}): FilmScript => ({
    refusal: { status, body: { error: { message } }, headers },
  })
  switch (fault) {
    case 'refuses':
      return refusal(400, filmReasons.refuses)
    case 'limits':
      return refusal(429, filmReasons.limits, { 'retry-after': '1' })
    case 'limits for long':
      return refusal(429, filmReasons.limits, { 'retry-after': '3600' })
    case 'breaks':
      return refusal(503, filmReasons.breaks)
    case 'cuts the connection':
      return { refusal: 'lost' }
    case 'fails the job':
      return { looks: [{ status: 'failed', error: { message: filmReasons['fails the job'] } }] }
    case 'cannot be asked':
      return {
        looks: [{ http: 503, error: { message: filmReasons.breaks } }, { status: 'completed' }],
      }
    case 'sends half a clip':
      return { content: { bytes: await halfClip() } }
  }
}

const bedrockScripts = async (fault: FilmFault): Promise<BedrockScript[]> => {
  const refusal = (name: string, status: number, message: string) => ({ name, status, message })
  const limits = refusal('ThrottlingException', 429, filmReasons.limits)
  const breaks = refusal('ServiceUnavailableException', 503, filmReasons.breaks)
  switch (fault) {
    case 'refuses':
      return [{ refusal: refusal('ValidationException', 400, filmReasons.refuses) }]
    case 'limits':
      return [{ refusal: limits }]
    case 'limits for long':
      return [{ refusal: limits }, { refusal: limits }]
    case 'breaks':
      return [{ refusal: breaks }]
    case 'cuts the connection':
      return [{ refusal: 'lost' }]
    case 'fails the job':
      return [{ looks: [{ status: 'Failed', failureMessage: filmReasons['fails the job'] }] }]
    case 'cannot be asked':
      return [{ looks: [breaks, { status: 'Completed' }] }]
    case 'sends half a clip':
      return [{ clip: await halfClip() }]
  }
}

const countOf = (prompts: Iterable<string | undefined>, about: string): number =>
  [...prompts].filter((prompt) => prompt?.includes(about)).length

/** A server with OpenAI's `/videos`. */
export const openaiFilmsOf = ({ films }: Pick<SharedStudio, 'films'>): ScriptedFilms => ({
  provider: 'openai-compatible',
  service: 'The server of films',
  async script(about, ...faults) {
    for (const fault of faults) films.script(await openaiScript(fault), about)
  },
  starts: (about) => countOf(films.starts, about),
  jobs: (about) =>
    countOf(
      [...films.charges.values()].map(({ fields }) => fields.prompt),
      about,
    ),
})

/** Amazon Bedrock's asynchronous invocations. */
export const bedrockFilmsOf = ({ bedrock }: Pick<SharedStudio, 'bedrock'>): ScriptedFilms => ({
  provider: 'bedrock',
  service: 'Amazon Bedrock',
  async script(about, ...faults) {
    for (const fault of faults) bedrock.scriptFor(about, ...(await bedrockScripts(fault)))
  },
  starts: (about) => countOf(bedrock.starts, about),
  jobs: (about) =>
    countOf(
      [...bedrock.charges.values()].map(({ modelInput }) => modelInput.prompt),
      about,
    ),
})
