import type { OnMinistack } from '../deployed.ts'
import type { AwsApi } from './aws-api.ts'
import { bucketTagsAreMissing } from './bucket-tags.ts'
import { answersAreDenied, batchesAreDenied } from './grants.ts'
import { heartbeatsAreIgnored } from './machine-probes.ts'
import { statusOf } from './raw-request.ts'

/** What a probe may look at. */
export interface Probed {
  aws: AwsApi
  deployed: Pick<OnMinistack, 'endpoint' | 'outputs'>
  /** Lines that the emulator, and what it loads of ours, wrote since it was started. */
  lines: readonly string[]
}

interface Difference {
  what: string
  /** How the probe sees it. */
  seenBy: string
  /** What the suite does about it. */
  instead: string
  /** Whether it is there; asked of a deployment that is not adapted yet. */
  isThere(probed: Probed): Promise<boolean>
}

const viaDistribution = ({ deployed }: Probed, path: string): Promise<number> => {
  const { host } = new URL(deployed.outputs.Url)
  return statusOf(`${deployed.endpoint}${path}`, { host })
}

const idIn = (url: string): string => new URL(url).host.split('.')[0] ?? ''

const isMissing = async ({ aws }: Probed, service: string, path: string): Promise<boolean> => {
  const { status, text } = await aws.call(service, { method: 'GET', path })
  return status >= 400 || !text.includes('Voices')
}

/**
 * Every way in which MiniStack is not AWS that this suite knows of. A row whose probe does not see its
 * difference any more is told as such, and what the suite does instead can go.
 */
export const differences = {
  'metric math': {
    what: 'CloudFormation refuses alarms of metric math.',
    seenBy: 'the line that server.py writes for each alarm that was refused as it is',
    instead:
      'server.py keeps an alarm of the same name, threshold and actions, which never evaluates. The alarms themselves are tried in test/infra.',
    isThere: async ({ lines }) => lines.some((line) => line.includes('of metric math unevaluated')),
  },
  'secure transport': {
    what: 'It listens without TLS, and IAM then denies what `aws:SecureTransport` demands.',
    seenBy: 'nothing: it is how it is started here',
    instead:
      'A gateway of ours, in front of it, says `X-Forwarded-Proto: https`, and the functions are told its address in those of queues. (With USE_SSL it would want port 443 as well, and the CDK would have to trust its certificate.)',
    isThere: async () => true,
  },
  'layers at /opt': {
    what: 'Layers are not at /opt, so that the CDK’s function that fills buckets finds no AWS CLI.',
    seenBy: 'the line of sitecustomize.py when it found a program in a layer',
    instead: 'sitecustomize.py, on the path of its Python, finds there what is asked for at /opt.',
    isThere: async ({ lines }) => lines.some((line) => line.includes('in a layer')),
  },
  'SDK of the runtime': {
    what: 'Node functions have no AWS SDK, which the CDK’s function that empties buckets requires.',
    seenBy: 'nothing: it is given before the first function starts',
    instead: 'NODE_PATH leads to the project’s; the product’s own functions bundle theirs.',
    isThere: async () => true,
  },
  'bucket tags': {
    what: 'Its CloudFormation gives buckets no tags, and the CDK’s function empties a tagged bucket only.',
    seenBy: 'the tags of the media bucket, which S3 is asked for',
    instead: 'The tag is set through S3’s API before the stack is destroyed.',
    isThere: bucketTagsAreMissing,
  },
  streamifyResponse: {
    what: 'Node functions have no `awslambda.streamifyResponse`.',
    seenBy: 'a request to the function URL before the functions are adapted: 500 or more',
    instead:
      '`function-shim.cjs`, by NODE_OPTIONS, which answers a stream as a whole, as text. That a reply comes while it is written, and Server-Sent Events, are not tried.',
    async isThere({ aws, deployed }) {
      const path = `/_aws/lambda-url/${idIn(deployed.outputs.StreamFunctionUrl)}/api/nowhere`
      const { status } = await fetch(`${aws.endpoint}${path}`)
      return status >= 500
    },
  },
  'distribution and API': {
    what: 'Its distribution does not reach the HTTP API: it dials the host that AWS would have.',
    seenBy: '`/api/me` by the distribution’s host: 502 instead of 401',
    instead:
      'A front door of ours sends the API’s paths to the API, with the proof and the viewer’s address that the distribution adds; everything else goes through the emulator’s distribution.',
    isThere: async (probed) => (await viaDistribution(probed, '/api/me')) >= 500,
  },
  'socket endpoint': {
    what: 'The addresses of sockets and of their connections are those that AWS would have.',
    seenBy: 'the output `SocketUrl`, which is not on this machine',
    instead: 'SOCKET_URL and SOCKET_ENDPOINT are set on the functions.',
    isThere: async ({ deployed }) => !deployed.outputs.SocketUrl.includes('127.0.0.1'),
  },
  'heartbeat timeout': {
    what: 'HeartbeatSeconds is ignored.',
    seenBy: 'a machine of the probe’s own, whose task goes without a heartbeat for longer',
    instead: 'Not tried here; test/integration tries what follows a lost heartbeat.',
    isThere: heartbeatsAreIgnored,
  },
  'grants on tasks': {
    what: 'It asks for `states:SendTaskSuccess`, `…Failure` and `…Heartbeat` on `*`; AWS wants them on the machine’s ARN, and that is what the roles have.',
    seenBy:
      'a heartbeat with the stage worker’s role and a token of none: denied instead of refused',
    instead: 'The roles that have such actions get them on `*` as well.',
    isThere: answersAreDenied,
  },
  'grants on batches': {
    what: 'It asks for `sqs:SendMessageBatch`, an action that AWS has not: there `sqs:SendMessage` covers batches.',
    seenBy: 'an empty batch with the role of the assets’ routes: denied instead of refused',
    instead: 'The roles that have `sqs:SendMessage` get that action, on `*`.',
    isThere: batchesAreDenied,
  },
  polly: {
    what: 'There is no Amazon Polly.',
    seenBy: 'GET /v1/voices, which lists none',
    instead: 'A model of OpenAI’s protocol speaks.',
    isThere: (probed) => isMissing(probed, 'polly', '/v1/voices'),
  },
} as const satisfies Record<string, Difference>

export type DifferenceName = keyof typeof differences

/** A row of the table as it turned out. */
export interface Finding {
  name: DifferenceName
  /** Undefined when the probe itself failed. */
  isThere: boolean | undefined
  problem?: string
}

/** Looks for every difference, all at once. */
export const findDifferences = (probed: Probed): Promise<Finding[]> =>
  Promise.all(
    Object.entries(differences).map(async ([key, { isThere }]): Promise<Finding> => {
      const name = key as DifferenceName
      try {
        return { name, isThere: await isThere(probed) }
      } catch (error) {
        return { name, isThere: undefined, problem: String(error) }
      }
    }),
  )
