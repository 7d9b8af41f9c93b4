import { capacityOf } from '../../lib/capacity.ts'
import { allowedOrigins, spendAlarmUsd } from '../../lib/synthesize.ts'
import { timesOf } from '../../lib/time-settings.ts'
import {
  hostSettingNames as host,
  modelSettingNames as model,
  environmentNames as names,
  searchAddressNames,
  searchKeyNames,
  spendSettingNames,
} from '../../shared/platform/environment-names.ts'
import { imageProviders } from '../../shared/platform/image-settings.ts'
import { modelApis } from '../../shared/platform/model-settings.ts'
import { filmProviders } from '../../shared/platform/video-settings.ts'
import { concurrencyName } from '../../shared/rules/capacity.ts'
import type { Finding } from '../../shared/rules/checkup/findings.ts'
import { issuerAddressProblem } from '../../shared/rules/issuer-address.ts'
import {
  addressProblem,
  searchOrder,
  searchProviderNames,
} from '../../shared/rules/search-order.ts'
import { spendSettingProblem } from '../../shared/rules/spend-settings.ts'

/** What is wrong with a value; undefined when nothing is. */
type Judge = (value: string, name: string) => string | undefined

/** By what refuses the value where it is used. */
const refusedBy =
  (read: (value: string, name: string) => unknown): Judge =>
  (value, name) => {
    try {
      read(value, name)
      return undefined
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

const oneOf =
  (...values: readonly string[]): Judge =>
  (value) =>
    values.includes(value) ? undefined : `there are ${values.join(', ')}`

const address: Judge = (value) => addressProblem(value) ?? undefined

/** Names of models, folders and secrets, which others judge. */
const anything: Judge = (value) =>
  value.trim() === value ? undefined : 'it begins or ends with blanks'

const secret: Judge = () => undefined

const port: Judge = (value) =>
  /^\d{1,5}$/.test(value) && Number(value) < 65_536 ? undefined : 'it is a port, 0 to 65535'

const layerArn: Judge = (value) =>
  /^arn:[\w-]+:lambda:[\w-]+:\d{12}:layer:[\w-]+:\d+$/.test(value)
    ? undefined
    : 'it is no ARN of a version of a Lambda layer'

const searchList: Judge = (value) => {
  const named = searchOrder(value)
  return 'unknown' in named
    ? `it names ${named.unknown.join(', ')}; there are ${searchProviderNames.join(', ')}`
    : undefined
}

const amount: Judge = (value, name) => spendSettingProblem(spendSettingNames, { [name]: value })

const milliseconds = refusedBy((value, name) => timesOf({ [name]: value }))

const everyOne = (names: readonly string[], judge: Judge): Record<string, Judge> =>
  Object.fromEntries(names.map((name) => [name, judge]))

const ending = (end: string): string[] => Object.values(model).filter((name) => name.endsWith(end))

/** Every setting, and what judges its value alone; what an entry is told of by name is below the rest. */
const judges: Readonly<Record<string, Judge>> = {
  ...everyOne(ending('_MODEL'), anything),
  ...everyOne(ending('_DEADLINE_MS'), milliseconds),
  ...everyOne(ending('_BASE_URL'), address),
  ...everyOne(searchAddressNames, address),
  ...everyOne(Object.values(searchKeyNames), secret),
  ...everyOne(Object.values(spendSettingNames), amount),
  [names.openaiApiKey]: secret,
  [names.imageApiKey]: secret,
  [names.videoApiKey]: secret,
  [names.c2paSigningKey]: secret,
  [names.tokenSigningKey]: secret,
  [names.oidcIssuer]: (value) => issuerAddressProblem(value) ?? undefined,
  [names.oidcAudience]: anything,
  [names.limits]: refusedBy((value) => capacityOf(undefined, value)),
  [concurrencyName]: refusedBy((value) => capacityOf(value, undefined)),
  [host.allowedOrigins]: refusedBy(allowedOrigins),
  [host.spendAlarm]: refusedBy(spendAlarmUsd),
  [host.port]: port,
  [host.dataDirectory]: anything,
  [model.voiceWait]: milliseconds,
  [model.api]: oneOf(...modelApis),
  [model.provider]: anything,
  [model.sttProvider]: oneOf('transcribe', 'openai'),
  [model.sttVocabulary]: anything,
  [model.ttsProvider]: oneOf('polly', 'openai'),
  [model.imageProvider]: oneOf(...imageProviders),
  [model.videoProvider]: oneOf(...filmProviders),
  [model.contentCredentials]: oneOf('on', 'off'),
  [model.ffmpegPath]: anything,
  [model.ffmpegLayer]: layerArn,
  [model.searchProviders]: searchList,
}

/** Every setting of .env.example. */
export const settingNames: readonly string[] = Object.keys(judges)

type Variables = Readonly<Record<string, string | undefined>>

/** Those that hold something. */
export const givenSettings = (environment: Variables): string[] =>
  settingNames.filter((name) => environment[name])

/** A message that begins with its setting's name would say it twice. */
const withoutName = (problem: string, name: string): string =>
  problem.startsWith(`${name} `) ? problem.slice(name.length + 1) : problem

/** Settings whose values cannot be used, each judged alone. No secret is shown. */
export const judgeValues = (environment: Variables): Finding[] =>
  givenSettings(environment).flatMap((name): Finding[] => {
    const problem = judges[name]?.(environment[name] ?? '', name)
    return problem === undefined
      ? []
      : [{ code: 'SETTING_INVALID', subject: name, found: withoutName(problem, name) }]
  })
