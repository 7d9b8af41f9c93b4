import { join } from 'node:path'
import * as z from 'zod'
import { environmentNames, modelSettingNames } from '../../../shared/platform/environment-names.ts'
import { generousLimits } from '../../support/limits/generous-limits.ts'
import type { OnMinistack } from '../deployed.ts'
import type { AwsApi } from './aws-api.ts'

const Functions = z.object({
  Functions: z.array(
    z.object({
      FunctionName: z.string(),
      Runtime: z.string().default(''),
      Environment: z
        .object({ Variables: z.record(z.string(), z.string()).default({}) })
        .prefault({}),
    }),
  ),
  NextMarker: z.string().nullish(),
})

const root = '/2015-03-31/functions'

/** Every Node function of the account, with its variables. */
const nodeFunctions = async (aws: AwsApi): Promise<z.infer<typeof Functions>['Functions']> => {
  const all: z.infer<typeof Functions>['Functions'] = []
  for (let marker = ''; ; ) {
    const path = `${root}?MaxItems=50${marker && `&Marker=${encodeURIComponent(marker)}`}`
    const { text } = await aws.call('lambda', { method: 'GET', path })
    const page = Functions.parse(JSON.parse(text))
    all.push(...page.Functions)
    marker = page.NextMarker ?? ''
    if (marker === '') return all.filter(({ Runtime }) => Runtime.startsWith('nodejs'))
  }
}

/** Where the emulator has the sockets of the stack. */
const socketsAt = ({ endpoint, outputs }: Pick<OnMinistack, 'endpoint' | 'outputs'>): string => {
  const { host, pathname } = new URL(outputs.SocketUrl)
  return `${endpoint}/_aws/execute-api/${host.split('.')[0]}${pathname}`
}

/** A queue's address leads past the gateway, straight to the emulator. */
const viaGateway = (endpoint: string, value: string): string =>
  value.replace(/^http:\/\/localhost:\d+(?=\/\d{12}\/)/, endpoint)

/**
 * Sets on the deployed functions what MiniStack and a scripted model need, through Lambda's own API: the
 * template that was deployed knows nothing of either.
 */
export const adaptFunctions = async (
  aws: AwsApi,
  deployed: Pick<OnMinistack, 'endpoint' | 'outputs'>,
  modelUrl: string,
): Promise<void> => {
  const sockets = socketsAt(deployed)
  const everywhere: Record<string, string> = {
    NODE_OPTIONS: `--require ${join(import.meta.dirname, 'function-shim.cjs')}`,
    [modelSettingNames.baseUrl]: modelUrl,
    [modelSettingNames.provider]: 'rehearsal',
    [modelSettingNames.imageModel]: 'gpt-image-scripted',
    [modelSettingNames.sttProvider]: 'openai',
    [modelSettingNames.ttsProvider]: 'openai',
    [modelSettingNames.ttsModel]: 'a-speaking-model',
    [environmentNames.pagesAllowLoopback]: 'true',
    [environmentNames.limits]: generousLimits,
  }
  const addresses: Record<string, string> = {
    [environmentNames.socketEndpoint]: sockets,
    [environmentNames.socketUrl]: sockets.replace('http:', 'ws:'),
  }
  for (const { FunctionName, Environment } of await nodeFunctions(aws)) {
    const own = Object.fromEntries(
      Object.entries(Environment.Variables).map(([name, value]) => [
        name,
        viaGateway(deployed.endpoint, value),
      ]),
    )
    const replaced = Object.entries(addresses).filter(([name]) => name in own)
    const Variables = { ...own, ...everywhere, ...Object.fromEntries(replaced) }
    const { status, text } = await aws.call('lambda', {
      method: 'PUT',
      path: `${root}/${FunctionName}/configuration`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ Environment: { Variables } }),
    })
    if (status >= 300) throw new Error(`${FunctionName} could not be adapted: ${text}`)
  }
}
