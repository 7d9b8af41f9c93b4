import { Duration } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { pictureRoutes } from '../shared/contracts/http/picture-routes.ts'
import { retentionDays } from '../shared/rules/retention.ts'
import { mediaPrefixes, pictureFolder, pictureTag } from '../shared/rules/storage-layout.ts'
import { functionMs } from '../shared/rules/time-budgets.ts'
import type { Data } from './data.ts'
import type { EarlyResearch } from './early-research.ts'
import type { HttpApi } from './http-api.ts'
import type { Secrets } from './secrets.ts'
import { type ServiceContext, ServiceFunction } from './service-function.ts'
import type { SocketApi } from './socket-api.ts'

export interface PicturesProps {
  service: ServiceContext
  data: Data
  secrets: Secrets
  sockets: SocketApi
  http: HttpApi
  earlyResearch: EarlyResearch
}

/** Megabytes: fifty million pixels are 200 of them, and are held twice while they are decoded. */
const memory = 2048

/** Pictures of the product: a function of its own, so that no other loads the codecs. */
export class Pictures extends Construct {
  constructor(scope: Construct, id: string, props: PicturesProps) {
    super(scope, id)
    const { service, data, secrets, sockets, http, earlyResearch } = props
    const pictures = new ServiceFunction(this, 'HttpPictures', {
      service,
      description: 'Pictures of the product, turns about them, and forms to upload them with.',
      timeout: Duration.millis(functionMs.pictures),
      callsModel: true,
      countsBy: 'address',
      memory,
    })
    http.route(pictures, Object.values(pictureRoutes))
    data.allowTable(pictures, ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'])
    data.allowMedia(
      pictures,
      ['GetObject', 'PutObject', 'DeleteObject'],
      `${mediaPrefixes.uploads}*`,
    )
    data.allowMedia(
      pictures,
      ['GetObject', 'PutObject', 'PutObjectTagging', 'DeleteObject'],
      `${mediaPrefixes.sessions}*/${pictureFolder}*`,
    )
    data.mediaBucket.addLifecycleRule({
      tagFilters: pictureTag,
      expiration: Duration.days(retentionDays('picture')),
    })
    secrets.allowOpenaiApiKey(pictures)
    secrets.allowIdentification(pictures)
    sockets.allowPush(pictures)
    earlyResearch.allowRequest(pictures)
  }
}
