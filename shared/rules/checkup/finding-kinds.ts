/** How much a finding matters: a failure has to be mended, a warning will have to be, a note explains. */
export const severities = ['ok', 'note', 'warning', 'failure'] as const
export type Severity = (typeof severities)[number]

/** What a check looks at, in the order of the report. */
export const checkupAreas = [
  'settings',
  'secrets',
  'models',
  'capabilities',
  'search',
  'clock',
  'files',
  'certificate',
  'quotas',
] as const
export type CheckupArea = (typeof checkupAreas)[number]

interface FindingKind {
  area: CheckupArea
  severity: Severity
  meaning: string
  /** What the operator does about it; empty where nothing is to be done. */
  action: string
}

const ok = (area: CheckupArea, meaning: string): FindingKind => ({
  area,
  severity: 'ok',
  meaning,
  action: '',
})

/** Every finding of a checkup by its code; docs/doctor.md holds this table. */
export const findingKinds = {
  SETTINGS_VALID: ok('settings', 'Every setting that is set can be used.'),
  SETTING_INVALID: {
    area: 'settings',
    severity: 'failure',
    meaning: 'The value of a setting cannot be used.',
    action: 'Correct the value; .env.example describes every setting.',
  },
  SETTINGS_CONTRADICT: {
    area: 'settings',
    severity: 'failure',
    meaning: 'Two settings exclude each other, or one lacks the other that it needs.',
    action: 'Change or unset one of the two.',
  },
  SETTING_UNUSED: {
    area: 'settings',
    severity: 'warning',
    meaning: 'A setting has no effect together with the others.',
    action: 'Unset it, or set what would make use of it.',
  },
  SETTING_MISSPELT: {
    area: 'settings',
    severity: 'warning',
    meaning: 'A variable that is no setting is called nearly like one.',
    action: 'Rename the variable, or unset it.',
  },
  SECRET_READY: ok('secrets', 'A secret is there and has the form that it needs.'),
  SECRET_MISSING: {
    area: 'secrets',
    severity: 'failure',
    meaning: 'A secret is not set, or its parameter cannot be read.',
    action:
      'Set the variable, or create the SSM parameter of that name (type SecureString); the README shows the command.',
  },
  SECRET_MALFORMED: {
    area: 'secrets',
    severity: 'failure',
    meaning: 'A secret cannot be parsed, or holds characters that no request can carry.',
    action: 'Store the secret again, without quotes or line ends that do not belong to it.',
  },
  SECRET_SHORT: {
    area: 'secrets',
    severity: 'failure',
    meaning: 'A signing key has fewer than 32 bytes, so that what it signs can be forged.',
    action: 'Replace it: openssl rand -base64 48; docs/key-rotation.md says how without a break.',
  },
  SECRET_EXAMPLE: {
    area: 'secrets',
    severity: 'failure',
    meaning: 'A secret has the value of an example.',
    action: 'Replace it with a value of your own.',
  },
  MODEL_LISTED: ok('models', 'The server has the model, and no shutdown is near.'),
  MODEL_UNKNOWN: {
    area: 'models',
    severity: 'failure',
    meaning: "The server's list of models does not hold the model.",
    action: "Set the setting to a name of the server's list.",
  },
  MODEL_UNLISTED: {
    area: 'models',
    severity: 'warning',
    meaning:
      'The server lists one other model alone; such servers often answer for any name, with the model that they have loaded.',
    action: 'Set the setting to the name that the server lists.',
  },
  MODEL_ENDED: {
    area: 'models',
    severity: 'failure',
    meaning: 'The model has been shut down by its vendor.',
    action:
      'Set another model now, in the settings of those that use it, and deploy again what is deployed.',
  },
  MODEL_ENDS_SOON: {
    area: 'models',
    severity: 'failure',
    meaning: 'The vendor shuts the model down within 14 days.',
    action:
      'Set another model now, in the settings of those that use it, and deploy again what is deployed.',
  },
  MODEL_ENDS: {
    area: 'models',
    severity: 'warning',
    meaning: 'The vendor shuts the model down within 60 days.',
    action: 'Choose another model, try it with npm run doctor, and deploy before the date.',
  },
  MODEL_DATES_UNKNOWN: {
    area: 'models',
    severity: 'note',
    meaning: 'The server says no shutdown dates, so that none can be warned of.',
    action: '',
  },
  MODEL_LIST_UNKNOWN: {
    area: 'models',
    severity: 'note',
    meaning: 'The server has no list of models, so that names cannot be checked.',
    action: '',
  },
  MODEL_SERVER_REFUSED: {
    area: 'models',
    severity: 'failure',
    meaning: 'The server refused the key, or the request for its list.',
    action: "Check the key and the account at the vendor's console.",
  },
  MODEL_SERVER_DOWN: {
    area: 'models',
    severity: 'failure',
    meaning: 'The server could not be reached, or did not answer.',
    action: "Check the address, that the server runs, and the vendor's status page.",
  },
  CAPABILITY_READY: ok('capabilities', 'A capability is set up, and answered where it was asked.'),
  CAPABILITY_MISSING: {
    area: 'capabilities',
    severity: 'note',
    meaning: 'A capability is not set up; the product works without it.',
    action:
      'Set the named variable or create the named parameter, or leave it when the capability is not wanted.',
  },
  CAPABILITY_BROKEN: {
    area: 'capabilities',
    severity: 'failure',
    meaning: 'A capability is set up and does not work.',
    action: "Mend what the server's reason names, or choose another server or model.",
  },
  SCHEMA_IGNORED: {
    area: 'capabilities',
    severity: 'failure',
    meaning:
      "The model's server does not keep to a schema, so that answers are asked for a second time.",
    action: 'Use a server or model with structured output; see docs/model-servers.md.',
  },
  FFMPEG_MISSING: {
    area: 'capabilities',
    severity: 'note',
    meaning: "There is no ffmpeg: recordings in AAC are not read, and no vendor's clip is bought.",
    action: 'Install ffmpeg, or name it with FFMPEG_PATH; a deployment takes FFMPEG_LAYER_ARN.',
  },
  SEARCH_READY: ok('search', 'A search was made and answered, or the search is the model’s own.'),
  SEARCH_MISSING: {
    area: 'search',
    severity: 'failure',
    meaning: 'Research has nothing to search with.',
    action: 'Set up a provider: docs/search.md lists them.',
  },
  SEARCH_REFUSED: {
    area: 'search',
    severity: 'failure',
    meaning: 'A search provider refuses its key, or is not set up as it has to be.',
    action: "Renew the key at the provider's console; docs/search.md names the variables.",
  },
  SEARCH_LIMITED: {
    area: 'search',
    severity: 'warning',
    meaning: "A search provider's quota is used up.",
    action: 'Wait for the next period or buy more; research goes on with the next provider.',
  },
  SEARCH_FAILED: {
    area: 'search',
    severity: 'warning',
    meaning: 'A search provider did not answer one query.',
    action: 'Run the doctor again; if it stays, put another provider in front of it.',
  },
  CLOCK_READY: ok('clock', 'The clock agrees with the one of a server.'),
  CLOCK_UNKNOWN: {
    area: 'clock',
    severity: 'note',
    meaning: 'No server said its time, so that the clock could not be compared.',
    action: '',
  },
  CLOCK_OFF: {
    area: 'clock',
    severity: 'warning',
    meaning: 'The clock differs by more than 30 seconds: leases and deadlines may be misjudged.',
    action: 'Turn on the synchronization of the clock (NTP).',
  },
  CLOCK_WRONG: {
    area: 'clock',
    severity: 'failure',
    meaning: 'The clock differs by more than 5 minutes: AWS refuses requests signed with it.',
    action: 'Turn on the synchronization of the clock (NTP).',
  },
  FILES_READY: ok('files', 'The fonts and the files that the bundles need are there.'),
  FILE_MISSING: {
    area: 'files',
    severity: 'failure',
    meaning: 'A font or another file that the bundles need is missing or empty.',
    action: 'Run npm ci, and git checkout for files of the repository.',
  },
  FONT_INCOMPLETE: {
    area: 'files',
    severity: 'failure',
    meaning: 'A font lacks Korean syllables, so that posters would show empty boxes.',
    action: 'Restore the fonts: git checkout shared/platform/lettering/fonts.',
  },
  CERTIFICATE_VALID: ok('certificate', 'The certificate of content credentials is valid.'),
  CERTIFICATE_ENDS: {
    area: 'certificate',
    severity: 'warning',
    meaning: 'The certificate of content credentials expires within 60 days.',
    action: 'Renew it, and store key and chain in C2PA_SIGNING_KEY or its parameter.',
  },
  CERTIFICATE_ENDS_SOON: {
    area: 'certificate',
    severity: 'failure',
    meaning: 'The certificate of content credentials expires within 14 days.',
    action: 'Renew it now, and store key and chain in C2PA_SIGNING_KEY or its parameter.',
  },
  CERTIFICATE_INVALID: {
    area: 'certificate',
    severity: 'failure',
    meaning: 'The certificate of content credentials has expired, or is not valid yet.',
    action: 'Renew it now, or set CONTENT_CREDENTIALS to off until then.',
  },
  QUOTA_READY: ok('quotas', 'The account allows what the deployment was sized for.'),
  QUOTA_SMALL: {
    area: 'quotas',
    severity: 'failure',
    meaning: 'The account allows less than the deployment was sized for; functions are throttled.',
    action: 'Ask for more in Service Quotas, or deploy with LAMBDA_CONCURRENCY set to the quota.',
  },
  QUOTA_UNUSED: {
    area: 'quotas',
    severity: 'note',
    meaning: 'The account allows more than the deployment was sized for.',
    action: 'Deploy with LAMBDA_CONCURRENCY set to the quota to use it; see docs/capacity.md.',
  },
  QUOTA_UNKNOWN: {
    area: 'quotas',
    severity: 'note',
    meaning: 'The quota could not be read, mostly for want of permission.',
    action: 'Allow lambda:GetAccountSettings and servicequotas:GetServiceQuota to see it.',
  },
  QUOTA_NONE: {
    area: 'quotas',
    severity: 'note',
    meaning: 'A studio on this machine has no quotas.',
    action: '',
  },
  CHECK_FAILED: {
    area: 'settings',
    severity: 'failure',
    meaning: 'A check itself failed, which says nothing of what it looks at.',
    action: 'Run it again; if it stays, report it with the line of the log.',
  },
  DEPLOYMENT_UNREACHABLE: {
    area: 'settings',
    severity: 'failure',
    meaning: "The deployment's daily function could not be invoked.",
    action:
      'Check credentials and region, the permission lambda:InvokeFunction, and that this version is deployed.',
  },
} as const satisfies Record<string, FindingKind>
export type FindingCode = keyof typeof findingKinds
