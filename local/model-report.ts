import { openaiApiKey } from '../shared/clients/openai/api-key.ts'
import { openaiBaseUrl } from '../shared/clients/openai/base-url.ts'
import { openModel } from '../shared/clients/openai/model.ts'
import type { ApiFinding, Probe } from '../shared/clients/openai/model-probe.ts'
import { searchRoutes } from '../shared/clients/search/select-search.ts'
import { agentNames } from '../shared/contracts/agents.ts'
import { asStudioError } from '../shared/contracts/errors.ts'
import { modelSettingNames } from '../shared/platform/environment-names.ts'
import {
  agentSettings,
  modelApi,
  modelBaseUrl,
  modelProvider,
} from '../shared/platform/model-settings.ts'
import { probeMs } from '../shared/rules/time-budgets.ts'

/** One line of the report; a failed one is something to mend. */
export interface ReportLine {
  what: string
  found: string
  failed: boolean
}

const fine = (what: string, found: string): ReportLine => ({ what, found, failed: false })
const failed = (what: string, found: string): ReportLine => ({ what, found, failed: true })

/** The address without what may be secret. */
const addressLine = (address: string): ReportLine => {
  const url = URL.parse(address)
  if (url === null) return failed('base URL', 'no valid address')
  const shown = `${url.origin}${url.pathname}`
  return url.username === '' && url.password === ''
    ? fine('base URL', shown)
    : failed('base URL', `${shown}, with a name or password, which no request can carry`)
}

/** A failure in one line, with the vendor's own reason. */
const toldOf = (error: unknown): string => {
  const { code, message, vendor } = asStudioError(error)
  const reason = vendor?.message == null ? '' : ` The server said: ${vendor.message}`
  return `${code}: ${message}${reason}`
}

const withoutField = ({ shape }: ApiFinding): string =>
  shape.refused.size === 0
    ? ''
    : `; left out because it refuses them: ${[...shape.refused].join(', ')}`

const schemaLine = ({ keepsSchema }: ApiFinding): ReportLine =>
  keepsSchema === true
    ? fine('schema', 'kept by the server')
    : failed('schema', 'ignored by the server; only the prompt asks for it, so expect second tries')

const probeLines = ({ chosen, findings }: Probe): ReportLine[] => {
  const failures = findings
    .filter(({ failure }) => failure !== undefined)
    .map(({ api, missing, failure }) =>
      missing && chosen ? fine(api, 'not offered') : failed(api, toldOf(failure)),
    )
  if (!chosen) return failures
  return [
    ...failures,
    fine('API', `${chosen.api}${withoutField(chosen)}`),
    schemaLine(chosen),
    fine('stream', chosen.streams ? 'yes' : 'no; the answer comes in one piece'),
  ]
}

/** Why the server's own search did not run; undefined when it did. */
const hostedSearchFailure = async (
  model: ReturnType<typeof openModel>,
  name: string,
): Promise<string | undefined> => {
  const request = {
    model: name,
    instructions: 'Search the web before you answer.',
    messages: [{ role: 'user' as const, content: 'What is the top headline in Seoul today?' }],
    webSearch: { country: 'KR', timezone: 'Asia/Seoul' },
  }
  try {
    const signal = AbortSignal.timeout(probeMs.limit)
    for await (const event of await model.stream(request, signal)) {
      if (event.type === 'search') return undefined
    }
    return 'the server ran none'
  } catch (error) {
    return toldOf(error)
  }
}

/** The server's own search, and what research would search with, in order. */
async function* searchLines(
  model: ReturnType<typeof openModel>,
  name: string,
): AsyncGenerator<ReportLine> {
  const routes = await searchRoutes()
  const names = routes.flatMap((route) =>
    route.kind === 'hosted' ? ['openai'] : route.providers.map(({ name: provider }) => provider),
  )
  const failure = await hostedSearchFailure(model, name)
  const none = `no hosted web_search (${failure})`
  if (failure === undefined) yield fine('search', 'hosted web_search ran')
  else if (names.some((each) => each !== 'openai')) yield fine('search', none)
  else yield failed('search', `${none}, and research has no other: set one up, see docs/search.md`)
  yield fine(modelSettingNames.searchProviders, names.join(', '))
}

/** Asks the model's server what it can do, once for each model that an agent is set to. Never rejects. */
export async function* modelReport(): AsyncGenerator<ReportLine> {
  try {
    const baseUrl = modelBaseUrl()
    const api = modelApi()
    yield fine('provider', modelProvider())
    yield addressLine(baseUrl ?? openaiBaseUrl)
    yield fine(modelSettingNames.api, api)
    const model = openModel({ apiKey: openaiApiKey, baseUrl, api })
    for (const name of new Set(agentNames.map((agent) => agentSettings(agent).model))) {
      const agents = agentNames.filter((agent) => agentSettings(agent).model === name)
      yield fine('model', `${name} (${agents.join(', ')})`)
      yield* probeLines(await model.probe(name, AbortSignal.timeout(probeMs.limit)))
    }
    yield* searchLines(model, agentSettings('research').model)
  } catch (error) {
    yield failed('settings', toldOf(error))
  }
}
