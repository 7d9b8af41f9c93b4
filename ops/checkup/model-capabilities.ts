import { openaiApiKey } from '../../shared/clients/openai/api-key.ts'
import { openaiBaseUrl } from '../../shared/clients/openai/base-url.ts'
import { openModel } from '../../shared/clients/openai/model.ts'
import type { ApiFinding, Probe } from '../../shared/clients/openai/model-probe.ts'
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
const addressFinding = (address: string): Finding => {
  const invalid = (found: string): Finding => ({
    code: 'SETTING_INVALID',
    subject: modelSettingNames.baseUrl,
    found,
  })
  const url = URL.parse(address)
  if (url === null) return invalid('no valid address')
  const shown = `${url.origin}${url.pathname}`
  return url.username === '' && url.password === ''
    ? ready('model server', `${shown} (${modelProvider()}), ${modelSettingNames.api} ${modelApi()}`)
    : invalid(`${shown}, with a name or password, which no request can carry`)
}

/** A failure in one line, with the vendor's own reason. */
const reasonOf = (error: unknown): string => `${asStudioError(error).code}: ${failureLine(error)}`

const withoutField = ({ shape }: ApiFinding): string =>
  shape.refused.size === 0
    ? ''
    : `; left out because it refuses them: ${[...shape.refused].join(', ')}`

/** What one model answered, in one line, and what of it has to be mended. */
const probeFindings = (
  { chosen, findings }: Probe,
  { model, agents }: { model: string; agents: string },
): Finding[] => {
  const failures = findings
    .filter(({ failure, missing }) => failure !== undefined && !(missing && chosen))
    .map(({ api, failure }) => broken(model, `${api} API: ${reasonOf(failure)}`))
  if (!chosen) return failures
  const { api, keepsSchema, streams } = chosen
  const found = [
    `${agents}: ${api} API${withoutField(chosen)}`,
    ...(keepsSchema === true ? ['keeps the schema'] : []),
    streams ? 'streams' : 'answers in one piece',
  ].join('; ')
  const ignored = `${agents}: only the prompt asks for the schema, so expect second tries`
  return [
    ...failures,
    ready(model, found),
    ...(keepsSchema === true
      ? []
      : [{ code: 'SCHEMA_IGNORED', subject: model, found: ignored } as const]),
  ]
}

/** Opened anew, so that nothing is remembered of an earlier server. */
const configuredModel = () =>
  openModel({ apiKey: openaiApiKey, baseUrl: modelBaseUrl(), api: modelApi() })

/** Why the server's own search did not run; undefined when it did. */
const hostedSearchFailure = async (): Promise<string | undefined> => {
  const request = {
    model: agentSettings('research').model,
    instructions: 'Search the web before you answer.',
    messages: [{ role: 'user' as const, content: 'What is the top headline in Seoul today?' }],
    webSearch: { country: 'KR', timezone: 'Asia/Seoul' },
  }
  try {
    const signal = AbortSignal.timeout(probeMs.limit)
    for await (const event of await configuredModel().stream(request, signal)) {
      if (event.type === 'search') return undefined
    }
    return 'the server ran none'
  } catch (error) {
    return reasonOf(error)
  }
}

/** Whether the search of the model's own server works; research has it alone unless `hasOthers`. Never rejects. */
export const hostedSearch = async (hasOthers: boolean): Promise<Finding> => {
  const failure = await hostedSearchFailure()
  if (failure === undefined) {
    return { code: 'SEARCH_READY', subject: 'openai', found: 'hosted web_search ran' }
  }
  const found = `no hosted web_search (${failure})`
  return hasOthers
    ? { code: 'SEARCH_FAILED', subject: 'openai', found }
    : { code: 'SEARCH_MISSING', subject: 'openai', found: `${found}, and research has no other` }
}

/** What the model's server can do, found by asking it once for each model that an agent is set to. Never rejects. */
export const modelCapabilities = async (): Promise<Finding[]> => {
  const findings: Finding[] = []
  try {
    const address = addressFinding(modelBaseUrl() ?? openaiBaseUrl)
    findings.push(address)
    if (address.code !== 'CAPABILITY_READY') return findings
    const model = configuredModel()
    for (const name of new Set(agentNames.map((agent) => agentSettings(agent).model))) {
      const agents = agentNames.filter((agent) => agentSettings(agent).model === name).join(', ')
      const probe = await model.probe(name, AbortSignal.timeout(probeMs.limit))
      findings.push(...probeFindings(probe, { model: name, agents }))
    }
  } catch (error) {
    findings.push(broken('model', reasonOf(error)))
  }
  return findings
}
