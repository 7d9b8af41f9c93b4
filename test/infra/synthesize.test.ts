import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { composeApp } from '../../lib/synthesize.ts'
import { environmentNames, modelSettingNames } from '../../shared/platform/environment-names.ts'
import { synthesizeTemplate } from './synthesize-template.ts'
import { template as dev, policySchema, resourcesOf, text } from './synthesized.ts'

const settings = Object.fromEntries(
  Object.values(modelSettingNames).map((name) => [name, `value of ${name}`]),
)
const secrets = {
  [environmentNames.openaiApiKey]: 'sk-a-secret-that-must-not-leak',
  [environmentNames.tokenSigningKey]: 'another-secret-that-must-not-leak',
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
  resourcesOf(
    template,
    'AWS::Lambda::Function',
    z
      .looseObject({ Environment: z.object({ Variables: z.record(z.string(), text) }) })
      .transform(({ Environment }) => Environment.Variables),
  )

describe('settings given at synthesis', () => {
  const { [modelSettingNames.voiceModel]: _, ...set } = settings

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
      'HttpChat',
      'HttpLaunch',
      'HttpSpeech',
      'HttpVoice',
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
  })
})

describe('a setting that is for tests on one machine', () => {
  const { pagesAllowLoopback } = environmentNames

  test('is refused by the synthesis, which names it', async () => {
    const environment = { [pagesAllowLoopback]: 'true' }
    await expect(composeApp({ environment })).rejects.toThrow(`${pagesAllowLoopback} is set`)
  })

  test('is in no template', () => {
    expect(JSON.stringify(prod)).not.toContain(pagesAllowLoopback)
    expect(JSON.stringify(dev)).not.toContain(pagesAllowLoopback)
  })
})

describe('CORS', () => {
  test('is off unless an origin is configured', () => {
    expect(dev.Resources.HttpApi?.Properties).not.toHaveProperty('CorsConfiguration')
  })

  test('is for the configured origins only', () => {
    expect(prod.Resources.HttpApi?.Properties.CorsConfiguration).toMatchObject({
      AllowOrigins: ['https://studio.example', 'http://localhost:5173'],
      AllowMethods: ['GET', 'POST'],
      AllowHeaders: ['authorization', 'content-type', 'idempotency-key', 'x-request-id'],
    })
  })

  test('of the function URL is for the same origins', () => {
    expect(prod.Resources.StreamUrl?.Properties.Cors).toMatchObject({
      AllowOrigins: ['https://studio.example', 'http://localhost:5173'],
      AllowMethods: ['GET', 'POST'],
      AllowHeaders: expect.arrayContaining(['authorization', 'last-event-id']),
    })
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
  test('keeps the data of prod, and of no other', () => {
    for (const name of ['Table', 'MediaBucket']) {
      expect(prod.Resources[name]?.DeletionPolicy).toBe('Retain')
      expect(dev.Resources[name]?.DeletionPolicy).toBe('Delete')
    }
    expect(prod.Resources.Table?.Properties.DeletionProtectionEnabled).toBe(true)
  })

  test.each(['', 'Prod', '1st', 'a/b', 'a'.repeat(21)])('is refused as %j', async (stage) => {
    await expect(synthesizeTemplate({ stage })).rejects.toThrow(/A stage is/)
  })
})
