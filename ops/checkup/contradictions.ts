import {
  searchKeyNames as keys,
  modelSettingNames as model,
  environmentNames as names,
  spendSettingNames as spend,
} from '../../shared/platform/environment-names.ts'
import type { Finding } from '../../shared/rules/checkup/findings.ts'
import { defaultFilmModel, snapFilm } from '../../shared/rules/films/film-offers.ts'
import { type QueryProviderName, searchOrder } from '../../shared/rules/search-order.ts'
import { capOf, defaultCaps, dollarsOf } from '../../shared/rules/spend-caps.ts'

type Variables = Readonly<Record<string, string | undefined>>

/** A setting that has an effect with others only. */
interface Needs {
  setting: string
  /** Whether the others are as it needs them. */
  isUsed: (environment: Variables) => boolean
  because: string
}

const is =
  (name: string, ...values: string[]) =>
  (environment: Variables): boolean =>
    values.includes(environment[name] ?? '')
const isSet =
  (name: string) =>
  (environment: Variables): boolean =>
    Boolean(environment[name])

const needs: readonly Needs[] = [
  {
    setting: names.imageApiKey,
    isUsed: isSet(model.imageBaseUrl),
    because: `${model.imageBaseUrl} names no server of pictures of its own`,
  },
  {
    setting: names.videoApiKey,
    isUsed: isSet(model.videoBaseUrl),
    because: `${model.videoBaseUrl} names no server of films of its own`,
  },
  ...[model.imageModel, model.imageBaseUrl, model.imageDeadline].map((setting) => ({
    setting,
    isUsed: (environment: Variables) => !is(model.imageProvider, 'none')(environment),
    because: `${model.imageProvider} is none`,
  })),
  {
    setting: model.videoModel,
    isUsed: is(model.videoProvider, 'openai', 'bedrock'),
    because: `${model.videoProvider} names no vendor, so that films are animated`,
  },
  {
    setting: model.videoBaseUrl,
    isUsed: is(model.videoProvider, 'openai'),
    because: `${model.videoProvider} is not openai`,
  },
  {
    setting: model.sttModel,
    isUsed: (environment) => !is(model.sttProvider, 'transcribe')(environment),
    because: `${model.sttProvider} is transcribe, which has one model`,
  },
  {
    setting: model.sttVocabulary,
    isUsed: (environment) => !is(model.sttProvider, 'openai')(environment),
    because: `${model.sttProvider} is openai, which knows no vocabulary`,
  },
  {
    setting: model.ttsModel,
    isUsed: (environment) => !is(model.ttsProvider, 'polly')(environment),
    because: `${model.ttsProvider} is polly, which has one model`,
  },
  {
    setting: names.c2paSigningKey,
    isUsed: is(model.contentCredentials, 'on'),
    because: `${model.contentCredentials} is not on`,
  },
  {
    setting: names.tokenSigningKey,
    isUsed: (environment) => !environment[names.oidcIssuer],
    because: `${names.oidcIssuer} identifies callers`,
  },
]

/** What sets each search provider up. */
const searchSettings: Readonly<Record<QueryProviderName, readonly string[]>> = {
  naver: [keys.naverApiHubKeyId, keys.naverClientId],
  kakao: [keys.kakaoKey],
  brave: [keys.braveKey],
  tavily: [keys.tavilyKey],
  searxng: [model.searxngUrl],
  litellm: [model.litellmSearchUrl],
}

const unusedSearch = (environment: Variables): Finding[] => {
  const named = searchOrder(environment[model.searchProviders] ?? '')
  if (!('order' in named) || named.order.length === 0) return []
  return Object.entries(searchSettings).flatMap(([provider, settings]) =>
    (named.order as readonly string[]).includes(provider)
      ? []
      : settings
          .filter((setting) => environment[setting])
          .map((subject): Finding => {
            const found = `${model.searchProviders} does not name ${provider}`
            return { code: 'SETTING_UNUSED', subject, found }
          }),
  )
}

/** Two settings that are one; each alone is useless. */
const pairs: readonly (readonly [string, string])[] = [
  [keys.naverApiHubKeyId, keys.naverApiHubKey],
  [keys.naverClientId, keys.naverClientSecret],
  [names.oidcIssuer, names.oidcAudience],
]

const contradiction = (subject: string, found: string): Finding => ({
  code: 'SETTINGS_CONTRADICT',
  subject,
  found,
})

const halfPairs = (environment: Variables): Finding[] =>
  pairs.flatMap(([one, other]) => {
    if (Boolean(environment[one]) === Boolean(environment[other])) return []
    const [has, lacks] = environment[one] ? [one, other] : [other, one]
    return [contradiction(has, `${lacks} is not set, and the two belong together`)]
  })

/** The shortest clip of Amazon Bedrock, in micro-dollars. */
const cheapestClip =
  snapFilm(defaultFilmModel, { seconds: 1, width: 720, height: 1280 }).micros ?? 0

const spending = (environment: Variables): Finding[] => {
  const run = capOf(environment[spend.runCap] ?? '') ?? defaultCaps.run
  const day = capOf(environment[spend.principalDayCap] ?? '') ?? defaultCaps.principal_day
  const all = capOf(environment[spend.deploymentDayCap] ?? '') ?? defaultCaps.deployment_day
  return [
    ...(run > day
      ? [
          contradiction(
            spend.runCap,
            `more than a principal may spend on a day (${spend.principalDayCap})`,
          ),
        ]
      : []),
    ...(day > all
      ? [
          contradiction(
            spend.principalDayCap,
            `more than all may spend on a day (${spend.deploymentDayCap})`,
          ),
        ]
      : []),
    ...(is(model.videoProvider, 'bedrock')(environment) && run < cheapestClip
      ? [
          contradiction(
            model.videoProvider,
            `a clip of bedrock costs ${dollarsOf(cheapestClip)} USD at least, more than ${spend.runCap} allows`,
          ),
        ]
      : []),
  ]
}

const films = (environment: Variables): Finding[] =>
  is(model.videoProvider, 'bedrock', 'openai')(environment) &&
  is(model.ffmpegPath, 'off')(environment)
    ? [
        contradiction(
          model.videoProvider,
          `a vendor's clip needs ffmpeg, and ${model.ffmpegPath} is off`,
        ),
      ]
    : []

/** Settings that have no effect, or exclude each other. */
export const judgeTogether = (environment: Variables): Finding[] => [
  ...halfPairs(environment),
  ...spending(environment),
  ...films(environment),
  ...needs.flatMap(({ setting, isUsed, because }): Finding[] =>
    environment[setting] && !isUsed(environment)
      ? [{ code: 'SETTING_UNUSED', subject: setting, found: because }]
      : [],
  ),
  ...unusedSearch(environment),
]
