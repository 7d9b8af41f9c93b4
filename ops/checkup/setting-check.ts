import {
  environmentNames,
  hostSettingNames,
  modelSettingNames,
  searchKeyNames,
  spendSettingNames,
} from '../../shared/platform/environment-names.ts'
import type { Finding } from '../../shared/rules/checkup/findings.ts'
import { meantName } from '../../shared/rules/checkup/nearest-names.ts'
import { judgeTogether } from './contradictions.ts'
import { givenSettings, judgeValues, settingNames } from './setting-values.ts'

type Variables = Readonly<Record<string, string | undefined>>

/** Names that the product reads, also those that only the template sets. */
const readNames: readonly string[] = [
  ...settingNames,
  ...[
    environmentNames,
    hostSettingNames,
    modelSettingNames,
    searchKeyNames,
    spendSettingNames,
  ].flatMap((names) => Object.values<string>(names)),
]

/** Names of other programs that are like settings. */
const others = /^(?:AWS|NODE|NPM|npm|CDK|XDG|GIT|LC)_/

const misspelt = (environment: Variables): Finding[] =>
  Object.keys(environment).flatMap((name): Finding[] => {
    if (readNames.includes(name) || others.test(name) || !environment[name]) return []
    const meant = meantName(name, settingNames)
    return meant === undefined || environment[meant]
      ? []
      : [{ code: 'SETTING_MISSPELT', subject: name, found: `no setting; there is ${meant}` }]
  })

/** Every setting of .env.example, alone and together, and variables that are called nearly like one. */
export const checkSettings = (environment: Variables): Finding[] => {
  const findings = [
    ...judgeValues(environment),
    ...judgeTogether(environment),
    ...misspelt(environment),
  ]
  const set = givenSettings(environment)
  const found = `${set.length} of ${settingNames.length} are set, and can be used`
  return findings.length > 0 ? findings : [{ code: 'SETTINGS_VALID', subject: 'settings', found }]
}
