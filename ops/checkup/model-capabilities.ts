import { openaiApiKey } from '../../shared/clients/openai/api-key.ts'
import { openaiBaseUrl } from '../../shared/clients/openai/base-url.ts'
import { openModel } from '../../shared/clients/openai/model.ts'
import type { ApiFinding, Probe } from '../../shared/clients/openai/model-probe.ts'
import { searchRoutes } from '../../shared/clients/search/select-search.ts'
import { agentNames } from '../../shared/contracts/agents.ts'
import { asStudioError } from '../../shared/contracts/errors.ts'
import { modelSettingNames } from '../../shared/platform/environment-names.ts'
import {
  agentSettings,
  modelApi,
  modelBaseUrl,
  modelProvider,
} from '../../shared/platform/model-settings.ts'
import type { Finding } from '../../shared/rules/checkup/findings.ts'
import { probeMs } from '../../shared/rules/time-budgets.ts'
import { failureLine } from '../../shared/services/checkup/model-check.ts'

const ready = (subject: string, found: string): Finding => ({
  code: 'CAPABILITY_READY',
  subject,
  found,
})
const broken = (subject: string, found: string): Finding => ({
  code: 'CAPABILITY_BROKEN',
  subject,
  found,
})

/** The address without what may be secret. */
const addressLine = (address: string): Finding => {
  const url = URL.parse(address)
  if (url === null) {
    return {
      code: 'SETTING_INVALID',
      subject: modelSettingNames.baseUrl,
      found: 'no valid address',
    }
  }
  const shown = `${url.origin}${url.pathname}`
  if (url.username === '' && url.password === '') return ready('base URL', shown)
  const found = `${shown}, with a name or password, which no request can carry`
  return { code: 'SETTING_INVALID', subject: modelSettingNames.baseUrl, found }
}

/** A failure in one line, with the vendor's own reason. */
const toldOf = (error: unknown): string => `${asStudioError(error).code}: ${failureLine(error)}`

const withoutField = ({ shape }: ApiFinding): string =>
  shape.refused.size === 0
    ? ''
    : `; left out because it refuses them: ${[...shape.refused].join(', ')}`

const schemaLine = ({ keepsSchema }: ApiFinding): Finding =>
  keepsSchema === true
    ? ready('schema', 'kept by the server')
    : {
        code: 'SCHEMA_IGNORED',
        subject: 'schema',
        found: 'ignored by the server; only the prompt asks for it, so expect second tries',
      }

const probeLines = ({ chosen, findings }: Probe): Finding[] => {
  const failures = findings
    .filter(({ failure }) => failure !== undefined)
    .map(({ api, missing, failure }) =>
      missing && chosen ? ready(api, 'not offered') : broken(api, toldOf(failure)),
    )
  if (!chosen) return failures
  return [
    ...failures,
    ready('API', `${chosen.api}${withoutField(chosen)}`),
    schemaLine(chosen),
    ready('stream', chosen.streams ? 'yes' : 'no; the answer comes in one piece'),
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
): AsyncGenerator<Finding> {
  const routes = await searchRoutes()
  const names = routes.flatMap((route) =>
    route.kind === 'hosted' ? ['openai'] : route.providers.map(({ name: provider }) => provider),
  )
  const failure = await hostedSearchFailure(model, name)
  const none = `no hosted web_search (${failure})`
  if (failure === undefined) yield ready('search', 'hosted web_search ran')
  else if (names.some((each) => each !== 'openai')) yield ready('search', none)
  else
    yield { code: 'SEARCH_MISSING', subject: 'search', found: `${none}, and research has no other` }
  yield ready(modelSettingNames.searchProviders, names.join(', '))
}

/** What the model's server can do, found by asking it once for each model that an agent is set to. Never rejects. */
export async function* modelCapabilities(): AsyncGenerator<Finding> {
  try {
    const baseUrl = modelBaseUrl()
    const api = modelApi()
    yield ready('provider', modelProvider())
    yield addressLine(baseUrl ?? openaiBaseUrl)
    yield ready(modelSettingNames.api, api)
    const model = openModel({ apiKey: openaiApiKey, baseUrl, api })
    for (const name of new Set(agentNames.map((agent) => agentSettings(agent).model))) {
      const agents = agentNames.filter((agent) => agentSettings(agent).model === name)
      yield ready('model', `${name} (${agents.join(', ')})`)
      yield* probeLines(await model.probe(name, AbortSignal.timeout(probeMs.limit)))
    }
    yield* searchLines(model, agentSettings('research').model)
  } catch (error) {
    yield broken('settings', toldOf(error))
  }
}
