import { ArnFormat, Stack } from 'aws-cdk-lib'
import { LayerVersion } from 'aws-cdk-lib/aws-lambda'
import { modelSettingNames as names } from '../shared/platform/environment-names.ts'
import { defaultFilmModel } from '../shared/rules/films/film-offers.ts'
import type { Secrets } from './secrets.ts'
import type { ServiceContext, ServiceFunction } from './service-function.ts'

/**
 * Lets the function have films made by the vendor of the settings, and gives it ffmpeg where there is a layer with
 * it (bin/ffmpeg-layer.ts). Amazon Bedrock writes clips with the caller's own right to the session's purchases.
 */
export const allowFilms = (
  fn: ServiceFunction,
  { modelSettings }: Pick<ServiceContext, 'modelSettings'>,
  secrets: Secrets,
): void => {
  const layer = modelSettings[names.ffmpegLayer]
  if (layer) fn.addLayers(LayerVersion.fromLayerVersionArn(fn, 'Ffmpeg', layer))
  const provider = modelSettings[names.videoProvider]
  if (provider === 'openai') {
    if (modelSettings[names.videoBaseUrl]) secrets.allowVideoApiKey(fn)
    return
  }
  if (provider !== 'bedrock') return
  const stack = Stack.of(fn)
  fn.allow(
    ['bedrock:InvokeModel'],
    [
      stack.formatArn({
        service: 'bedrock',
        account: '',
        resource: 'foundation-model',
        resourceName: modelSettings[names.videoModel] ?? defaultFilmModel,
      }),
    ],
  )
  fn.allowWildcard(['bedrock:GetAsyncInvoke'], {
    arn: stack.formatArn({
      service: 'bedrock',
      resource: 'async-invoke',
      resourceName: '*',
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    }),
    finding: 'arn:<AWS::Partition>:bedrock:<AWS::Region>:<AWS::AccountId>:async-invoke/*',
    reason: 'Bedrock names an invocation when it starts; the grant is limited to looking at one.',
  })
}
