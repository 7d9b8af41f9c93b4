import { StudioError } from '../../contracts/errors.ts'
import { setting } from '../../platform/environment.ts'
import {
  environmentNames,
  searchKeyNames as keys,
  modelSettingNames as names,
} from '../../platform/environment-names.ts'
import { modelBaseUrl } from '../../platform/model-settings.ts'
import {
  addressProblem,
  type QueryProviderName,
  type SearchProviderName,
  searchOrder,
  searchProviderNames,
} from '../../rules/search-order.ts'
import { secretsOf } from '../secrets.ts'
import { brave } from './brave.ts'
import { kakao } from './kakao.ts'
import { litellm } from './litellm.ts'
import { naver, naverDevelopers, naverHub } from './naver.ts'
import type { SearchProvider } from './search-provider.ts'
import { searxng } from './searxng.ts'
import { tavily } from './tavily.ts'

/**
 * One way to search, in the order in which they are tried: providers that answer queries, the next
 * one when one fails, or the search of the model's own server.
 */
export type SearchRoute = { kind: 'queries'; providers: SearchProvider[] } | { kind: 'hosted' }

type Values = (name: string) => string | undefined

const notConfigured = (message: string): StudioError =>
  new StudioError('CAPABILITY_NOT_CONFIGURED', message)

/** The values of a pair, when there are any. @throws StudioError that names the half which is missing */
const pair = (values: Values, first: string, second: string): [string, string] | undefined => {
  const [one, other] = [values(first), values(second)]
  if (one !== undefined && other !== undefined) return [one, other]
  if (one === undefined && other === undefined) return undefined
  const [has, lacks] = one === undefined ? [second, first] : [first, second]
  throw notConfigured(`${has} is set, but ${lacks} is not: the two belong together.`)
}

/** @throws StudioError that names the setting which no request can be sent to */
const address = (name: string): string | undefined => {
  const value = setting(name)
  const problem = value === undefined ? null : addressProblem(value)
  if (problem !== null) throw notConfigured(`${name} ${problem}.`)
  return value
}

const baseUrl = (name: string, otherwise: string): string =>
  (address(name) ?? otherwise).replace(/\/+$/, '')

const openNaver = (values: Values): SearchProvider | undefined => {
  const hub = pair(values, keys.naverApiHubKeyId, keys.naverApiHubKey)
  const older = pair(values, keys.naverClientId, keys.naverClientSecret)
  if (hub) {
    return naver(
      naverHub(baseUrl(names.naverApiHubUrl, 'https://naverapihub.apigw.ntruss.com'), ...hub),
    )
  }
  return (
    older && naver(naverDevelopers(baseUrl(names.naverUrl, 'https://openapi.naver.com'), ...older))
  )
}

/** A provider of which messages say what it needs; `open` returns none when that is not set. */
interface Configurable {
  needs: string
  open(values: Values): SearchProvider | undefined
}

/** A provider with one key, at an address that a test or a proxy may replace. */
const withKey = (
  key: string,
  [urlName, url]: [name: string, otherwise: string],
  open: (baseUrl: string, key: string) => SearchProvider,
): Configurable => ({
  needs: key,
  open(values) {
    const value = values(key)
    return value === undefined ? undefined : open(baseUrl(urlName, url), value)
  },
})

/** A server of one's own. */
const withUrl = (
  urlName: string,
  open: (url: string, values: Values) => SearchProvider,
): Configurable => ({
  needs: urlName,
  open(values) {
    const url = address(urlName)
    return url === undefined ? undefined : open(url, values)
  },
})

const providers: Record<QueryProviderName, Configurable> = {
  naver: {
    needs: `${keys.naverApiHubKeyId} and ${keys.naverApiHubKey} (or ${keys.naverClientId} and ${keys.naverClientSecret})`,
    open: openNaver,
  },
  kakao: withKey(keys.kakaoKey, [names.kakaoUrl, 'https://dapi.kakao.com'], kakao),
  brave: withKey(keys.braveKey, [names.braveUrl, 'https://api.search.brave.com'], brave),
  tavily: withKey(keys.tavilyKey, [names.tavilyUrl, 'https://api.tavily.com'], tavily),
  searxng: withUrl(names.searxngUrl, (url) => searxng(url.replace(/\/+$/, ''))),
  litellm: withUrl(names.litellmSearchUrl, (url, values) => litellm(url, values(keys.litellmKey))),
}

/** @throws StudioError CAPABILITY_NOT_CONFIGURED that names the providers there are */
const namedOrder = (): SearchProviderName[] => {
  const named = searchOrder(setting(names.searchProviders) ?? '')
  if ('order' in named) return named.order
  throw notConfigured(
    `${names.searchProviders} names ${named.unknown.join(', ')}; there are ${searchProviderNames.join(', ')}.`,
  )
}

/** What is configured; last, the model's own server when it is OpenAI's or when there is nothing else. */
const defaultOrder = (values: Values): SearchProviderName[] => {
  const configured = searchProviderNames.filter(
    (name) => name !== 'openai' && providers[name].open(values) !== undefined,
  )
  const asksModel = modelBaseUrl() === undefined || configured.length === 0
  return asksModel ? [...configured, 'openai'] : configured
}

/** Neighbours that answer queries are one route. */
const routesOf = (order: SearchProviderName[], values: Values): SearchRoute[] => {
  const routes: SearchRoute[] = []
  for (const name of order) {
    if (name === 'openai') {
      routes.push({ kind: 'hosted' })
      continue
    }
    const { needs, open } = providers[name]
    const provider = open(values)
    if (!provider) {
      throw notConfigured(`${names.searchProviders} names ${name}, which needs ${needs}.`)
    }
    const last = routes.at(-1)
    if (last?.kind === 'queries') last.providers.push(provider)
    else routes.push({ kind: 'queries', providers: [provider] })
  }
  return routes
}

/** For the message that says how to get a search. */
export const searchVariables = `${names.searchProviders} (${searchProviderNames.join(', ')}) with ${Object.values(
  providers,
)
  .map(({ needs }) => needs)
  .join('; ')}`

/** The same with the keys of a deployment, which need not be read when the environment has all that is named. */
const storedRoutes = async (named: SearchProviderName[], lacking: unknown) => {
  try {
    const stored = await secretsOf(environmentNames.searchKeysParameter)
    return routesOf(named, (name) => setting(name) ?? (stored[name] || undefined))
  } catch (error) {
    // Beside what is not set, where the keys could not be read.
    const reasons = [lacking, error].flatMap((each) => (each instanceof Error ? each.message : []))
    throw notConfigured([...new Set(reasons)].join(' '))
  }
}

/**
 * The ways to search that the environment configures, best first; keys are read at the first call.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED that names what is wrong: an unknown provider, one that
 * is named and not configured, half a pair of keys
 */
export const searchRoutes = async (): Promise<SearchRoute[]> => {
  const named = namedOrder()
  if (named.length === 0) return routesOf(defaultOrder(setting), setting)
  try {
    return routesOf(named, setting)
  } catch (error) {
    return storedRoutes(named, error)
  }
}
