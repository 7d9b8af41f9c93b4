import { ownPricesOf } from './model-prices.ts'
import { capOf } from './spend-caps.ts'

type Variables = Readonly<Record<string, string | undefined>>

/** The variables that hold the caps, and the one with the owner's prices. */
export interface SpendSettingNames {
  runCap: string
  principalDayCap: string
  deploymentDayCap: string
  modelPrices: string
}

const wrongCap = (environment: Variables, name: string): string | undefined => {
  const value = environment[name]
  if (!value || capOf(value) !== undefined) return undefined
  return `${name} is ${JSON.stringify(value)}; it is US dollars, such as 10 or 0.5, with at most six decimals.`
}

const wrongPrices = (environment: Variables, name: string): string | undefined => {
  const read = ownPricesOf(environment[name] ?? '')
  if (!('wrong' in read)) return undefined
  return `${name} holds ${JSON.stringify(read.wrong)}; each entry is name=input/output in US dollars for a million tokens, *=input/output for any other model, or web_search=dollars for one search.`
}

/** What is wrong with the settings of what may be spent, naming the setting; undefined when nothing is. */
export const spendSettingProblem = (
  { runCap, principalDayCap, deploymentDayCap, modelPrices }: SpendSettingNames,
  environment: Variables,
): string | undefined =>
  [runCap, principalDayCap, deploymentDayCap]
    .map((name) => wrongCap(environment, name))
    .find((problem) => problem !== undefined) ?? wrongPrices(environment, modelPrices)
