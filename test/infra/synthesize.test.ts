import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { readExamples } from '../../docs/api/examples.ts'
import { buildOpenApi } from '../../docs/api/openapi.ts'
import { composeApp } from '../../lib/synthesize.ts'
import {
  environmentNames,
  modelSettingNames,
  searchAddressNames,
  searchKeyNames,
} from '../../shared/platform/environment-names.ts'
import { synthesizeTemplate } from './synthesize-template.ts'
import { template as dev, functionsOf, policySchema, resourcesOf, text } from './synthesized.ts'

const times = {
  [modelSettingNames.plannerDeadline]: '60000',
  [modelSettingNames.pictureDeadline]: '25000',
  [modelSettingNames.researchDeadline]: '100001',
  [modelSettingNames.strategyDeadline]: '60000',
  [modelSettingNames.creativeDeadline]: '300000',
  [modelSettingNames.voiceDeadline]: '45000',
  [modelSettingNames.sttDeadline]: '25000',
  [modelSettingNames.voiceWait]: '20000',
  [modelSettingNames.ttsDeadline]: '12000',
  [modelSettingNames.imageDeadline]: '90000',
}
const settings: Record<string, string> = {
  ...Object.fromEntries(Object.values(modelSettingNames).map((name) => [name, `value of ${name}`])),
  ...times,
  ...Object.fromEntries(searchAddressNames.map((name) => [name, `https://search.example/${name}`])),
  [modelSettingNames.videoProvider]: 'bedrock',
  // The names in it are checked.
  [modelSettingNames.searchProviders]: 'naver,openai',
  [modelSettingNames.ffmpegLayer]: 'arn:aws:lambda:ap-northeast-2:123456789012:layer:ffmpeg:1',
}
const secrets = {
  [environmentNames.openaiApiKey]: 'sk-a-secret-that-must-not-leak',
  [environmentNames.tokenSigningKey]: 'another-secret-that-must-not-leak',
  [environmentNames.imageApiKey]: 'a-key-of-pictures-that-must-not-leak',
  [environmentNames.c2paSigningKey]: 'a-signing-key-that-must-not-leak',
  ...Object.fromEntries(
    Object.values(searchKeyNames).map((name) => [name, `a ${name} that must not leak`]),
  ),
}

const prod = await synthesizeTemplate({
  stage: 'prod',
  environment: {
    ...settings,
    ...secrets,
    [modelSettingNames.voiceModel]: '',
    ALLOWED_ORIGINS: 'https://studio.example, http://localhost:5173',
  },
})

const environments = (template: typeof dev) =>
  functionsOf(
    template,
    z
      .looseObject({ Environment: z.object({ Variables: z.record(z.string(), text) }) })
      .transform(({ Environment }) => Environment.Variables),
  )

describe('settings given at synthesis', () => {
  const { [modelSettingNames.voiceModel]: _, ...set } = settings

  test('let the worker invoke the model of films that they name, which no other deployment may', () => {
    const granted = (template: typeof dev) =>
      [...resourcesOf(template, 'AWS::IAM::Policy', policySchema).values()]
        .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
        .filter(({ Action }) => Action.some((action) => action.startsWith('bedrock:')))
        .map(({ Action, Resource }) => [...Action, ...(Resource ?? [])])
    const arn = 'arn:<AWS::Partition>:bedrock:<AWS::Region>'
    expect(granted(prod)).toEqual([
      ['bedrock:InvokeModel', `${arn}::foundation-model/value of VIDEO_MODEL`],
      ['bedrock:GetAsyncInvoke', `${arn}:<AWS::AccountId>:async-invoke/*`],
    ])
    expect(granted(dev)).toEqual([])
  })

  test.each(['HttpChat', 'SocketMessage', 'StageWorker'])(
    'reach %s, which calls the model, when they are set',
    (name) => {
      expect(environments(prod).get(name)).toMatchObject(set)
      expect(environments(prod).get(name)).not.toHaveProperty(modelSettingNames.voiceModel)
    },
  )

  test('reach no other function, and none when they are not set', () => {
    const names = new Set<string>(Object.values(modelSettingNames))
    const readers = (template: typeof dev) =>
      [...environments(template)]
        .filter(([, variables]) => Object.keys(variables).some((name) => names.has(name)))
        .map(([name]) => name)
    expect(readers(prod).sort()).toEqual([
      'Checkup',
      'HttpAssets',
      'HttpChat',
      'HttpLaunch',
      'HttpPictures',
      'HttpPlatform',
      // It tells what calls cost, and starts no run that cannot be afforded.
      'HttpRuns',
      'HttpSafety',
      'HttpSpeech',
      'HttpVoice',
      'MediaWorker',
      'SocketMessage',
      'StageWorker',
      'Stream',
      'TranscriptionFinished',
    ])
    expect(readers(dev)).toEqual([])
  })

  test('do not include secrets: the template holds only their names', () => {
    const written = JSON.stringify(prod)
    for (const [name, secret] of Object.entries(secrets)) {
      expect(written).not.toContain(secret)
      expect(written).not.toContain(`"${name}"`)
    }
    expect(environments(prod).get('HttpChat')).toMatchObject({
      OPENAI_API_KEY_PARAMETER: '/launch-studio/prod/openai-api-key',
      TOKEN_SIGNING_KEY_PARAMETER: '/launch-studio/prod/token-signing-key',
    })
    expect(environments(prod).get('StageWorker')).toMatchObject({
      SEARCH_KEYS_PARAMETER: '/launch-studio/prod/search-keys',
    })
  })
})

describe('a setting that is for tests on one machine', () => {
  const { pagesAllowLoopback, webhooksAllowLoopback } = environmentNames
  const settings = [pagesAllowLoopback, webhooksAllowLoopback]

  test.each(settings)('is refused by the synthesis, which names it: %s', async (name) => {
    await expect(composeApp({ environment: { [name]: 'true' } })).rejects.toThrow(`${name} is set`)
  })

  test.each(settings)('is in no template: %s', (name) => {
    expect(JSON.stringify(prod)).not.toContain(name)
    expect(JSON.stringify(dev)).not.toContain(name)
  })
})

test('an unknown search provider is refused with the list', async () => {
  const environment = { SEARCH_PROVIDERS: 'naver,gogle' }
  await expect(synthesizeTemplate({ environment })).rejects.toThrow(
    'SEARCH_PROVIDERS names gogle; there are naver, kakao, brave, tavily, searxng, litellm, openai.',
  )
})

test.each([
  ['SPEND_CAP_RUN_USD', 'three'],
  ['SPEND_CAP_PRINCIPAL_DAY_USD', '-1'],
  ['SPEND_CAP_DEPLOYMENT_DAY_USD', '1e3'],
  ['MODEL_PRICES', 'm=1'],
])('a setting of what may be spent is refused by its name: %s=%s', async (name, value) => {
  const environment = { [name]: value }
  await expect(synthesizeTemplate({ environment, checks: false })).rejects.toThrow(name)
})

test.each(['searx.example:8080', 'https://me:secret@searx.example'])(
  'an address that no search can be sent to is refused: %s',
  async (address) => {
    await expect(synthesizeTemplate({ environment: { SEARXNG_URL: address } })).rejects.toThrow(
      /^SEARXNG_URL (?:is no address|must hold neither)/,
    )
  },
)

describe('timeouts', () => {
  const timeouts = (template: typeof dev) =>
    Object.fromEntries(
      resourcesOf(
        template,
        'AWS::Lambda::Function',
        z.looseObject({ Timeout: z.number() }).transform(({ Timeout }) => Timeout),
      ),
    )

  test('follow the deadlines where they are longer than usual', () => {
    expect(timeouts(prod)).toMatchObject({
      // Both tries of the planner, 120 s, and what is around a turn.
      SocketMessage: 140,
      Stream: 230,
      TranscriptionFinished: 170,
      // Two calls of the creative agent and a repair, 690 s, and what is around a stage.
      StageWorker: 770,
      // A request over HTTP ends as soon as ever.
      HttpChat: 60,
    })
    expect(timeouts(dev)).toMatchObject({
      SocketMessage: 60,
      Stream: 150,
      TranscriptionFinished: 90,
      StageWorker: 287,
      HttpChat: 60,
    })
  })

  test('of the state machine and of the queue follow too', () => {
    const machine = JSON.stringify(prod.Resources.RunMachine)
    // Of the stages, in whole seconds, and of an execution that sends each twice.
    for (const seconds of [361, 198, 750, 164, 2959]) {
      expect(machine).toContain(`TimeoutSeconds\\":${seconds}`)
    }
    expect(prod.Resources.StageQueue?.Properties.VisibilityTimeout).toBe(810)
  })

  test.each([
    [modelSettingNames.plannerDeadline, '395001', '395000', 'planner'],
    [modelSettingNames.researchDeadline, '273334', '273333', 'research'],
    [modelSettingNames.creativeDeadline, '356522', '356521', 'creative'],
    [modelSettingNames.sttDeadline, '55001', '55000', 'transcript'],
    [modelSettingNames.voiceWait, '25001', '25000', 'HTTP API'],
    [modelSettingNames.ttsDeadline, '14001', '14000', 'HTTP API'],
  ])('refuse %s of %s ms, and say that %s is the most, and why', async (name, value, most, why) => {
    const refused = synthesizeTemplate({ environment: { [name]: value }, checks: false })
    const reason = new RegExp(`${name} is ${value}; it can be at most ${most}: .*${why}`)
    await expect(refused).rejects.toThrow(reason)
  })

  test('are not made from what is no number of milliseconds', async () => {
    const environment = { [modelSettingNames.strategyDeadline]: '1e3' }
    await expect(synthesizeTemplate({ environment, checks: false })).rejects.toThrow(
      'STRATEGY_DEADLINE_MS is "1e3"; it is milliseconds',
    )
  })
})

const corsSchema = z.object({
  AllowMethods: z.array(z.string()),
  AllowHeaders: z.array(z.string()),
  ExposeHeaders: z.array(z.string()),
})

/** What pages need to be allowed, by the document that tells them what there is. */
const namedInDocument = () => {
  const { paths, components } = buildOpenApi(readExamples())
  const parameters = Object.values(components.parameters).filter((each) => each.in === 'header')
  return {
    methods: [...new Set(Object.values(paths).flatMap(Object.keys))]
      .map((method) => method.toUpperCase())
      .sort(),
    // These two are no parameters in OpenAPI's sense, but a browser asks for leave to send them.
    sent: [...parameters.map(({ name }) => name.toLowerCase()), 'authorization', 'content-type'],
    answered: Object.keys(components.headers).map((name) => name.toLowerCase()),
  }
}

describe('CORS', () => {
  test('is off unless an origin is configured', () => {
    expect(dev.Resources.HttpApi?.Properties).not.toHaveProperty('CorsConfiguration')
  })

  test('is for the configured origins only', () => {
    expect(prod.Resources.HttpApi?.Properties.CorsConfiguration).toMatchObject({
      AllowOrigins: ['https://studio.example', 'http://localhost:5173'],
    })
  })

  test('of the function URL is for the same origins', () => {
    expect(prod.Resources.StreamUrl?.Properties.Cors).toMatchObject({
      AllowOrigins: ['https://studio.example', 'http://localhost:5173'],
    })
  })

  test('covers every method and header that the document of the API names', () => {
    const named = namedInDocument()
    expect(named.methods).toEqual(['DELETE', 'GET', 'PATCH', 'POST', 'PUT'])
    expect(named.sent).toEqual(expect.arrayContaining(['if-none-match', 'last-event-id']))
    expect(named.answered).toEqual(expect.arrayContaining(['etag', 'location', 'retry-after']))
    for (const [id, property] of [
      ['HttpApi', 'CorsConfiguration'],
      ['StreamUrl', 'Cors'],
    ] as const) {
      const cors = corsSchema.parse(prod.Resources[id]?.Properties[property])
      expect(cors.AllowMethods).toEqual(expect.arrayContaining(named.methods))
      expect(cors.AllowHeaders).toEqual(expect.arrayContaining(named.sent))
      expect(cors.ExposeHeaders).toEqual(expect.arrayContaining(named.answered))
    }
  })

  test.each(['*', 'studio.example', 'https://studio.example/', 'https://*.example'])(
    'refuses %s, which is no origin, by the name of the variable',
    async (origin) => {
      const environment = { ALLOWED_ORIGINS: `https://studio.example,${origin}` }
      await expect(synthesizeTemplate({ environment })).rejects.toThrow(/ALLOWED_ORIGINS holds/)
    },
  )
})

const served = await synthesizeTemplate({
  environment: {
    [modelSettingNames.ttsProvider]: 'openai',
    [modelSettingNames.sttProvider]: 'openai',
  },
})

test('a synthesis without checks gives the same template', async () => {
  const withoutPackages = (template: typeof dev) =>
    JSON.parse(JSON.stringify(template).replace(/[0-9a-f]{64}/g, ''))
  const unchecked = await synthesizeTemplate({ checks: false })
  expect(withoutPackages(unchecked)).toEqual(withoutPackages(dev))
})

describe('speech through another server', () => {
  test('with another speech provider, the function may use its key and not Polly', () => {
    const statements = [...resourcesOf(served, 'AWS::IAM::Policy', policySchema).values()]
      .filter(({ Roles }) => Roles?.some((role) => role.startsWith('<SpeechHttpSpeechRole')))
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    expect(statements.flatMap(({ Action }) => Action)).not.toContain('polly:SynthesizeSpeech')
    expect(statements.flatMap(({ Resource }) => Resource).join('\n')).toContain(
      ':parameter/launch-studio/dev/openai-api-key',
    )
  })

  test('with a synchronous transcription server, no function may call Transcribe and no rule waits for it', () => {
    const mentioned = (template: typeof dev) =>
      JSON.stringify(template.Resources).match(/transcribe:\w+|aws\.transcribe/g)
    expect(mentioned(dev)).not.toBeNull()
    expect(mentioned(served)).toBeNull()
  })
})

describe('the stage', () => {
  test.each(['', 'Prod', '1st', 'a/b', 'a'.repeat(21)])('is refused as %j', async (stage) => {
    await expect(synthesizeTemplate({ stage })).rejects.toThrow(/A stage is/)
  })
})
