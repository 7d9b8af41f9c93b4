import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, relative } from 'node:path'
import * as z from 'zod'
import type { Resolver } from '../template/resolver.ts'

export const deploymentType = 'Custom::CDKBucketDeployment'

const deploymentSchema = z.object({
  ServiceToken: z.string(),
  SourceObjectKeys: z.array(z.string()),
  DestinationBucketName: z.string(),
  DestinationBucketKeyPrefix: z.string().default(''),
  SystemMetadata: z.record(z.string(), z.string()).default({}),
})

/** What S3 gives when a deployment uploads: the type that it guesses by the name. */
const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

interface DeployedFile {
  path: string
  headers: Readonly<Record<string, string>>
}

/** ARNs of the functions that copy files into buckets: what they do, the engine does itself. */
export const copyingFunctions = (resolver: Resolver): Set<string> =>
  new Set(
    resolver
      .resources(deploymentType)
      .map(([id]) => resolver.properties(id, deploymentSchema).ServiceToken),
  )

/**
 * The files that deployments of the template copy into one bucket, as an origin of a distribution. They are
 * read where the cloud assembly has them; nothing is copied, and the bucket's own objects are not looked at.
 */
export class DeployedFiles {
  /** The host name that the template gives the bucket. */
  readonly host: string
  readonly #files: ReadonlyMap<string, DeployedFile>

  constructor(resolver: Resolver, bucketId: string, codeDirectory: (asset: string) => string) {
    const bucket = resolver.reference(bucketId)
    this.host = resolver.attribute(bucketId, 'RegionalDomainName')
    this.#files = new Map(
      resolver
        .resources(deploymentType)
        .map(([id]) => resolver.properties(id, deploymentSchema))
        .filter(({ DestinationBucketName }) => DestinationBucketName === bucket)
        .flatMap((deployment) => filesOf(deployment, codeDirectory)),
    )
  }

  get isEmpty(): boolean {
    return this.#files.size === 0
  }

  /** Answers as S3 does to a reader that may read and not list: 403 for what is not there. */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    policyHeaders: Readonly<Record<string, string>>,
  ): Promise<void> {
    const file = this.#files.get(decoded(path.slice(1)))
    const isReading = request.method === 'GET' || request.method === 'HEAD'
    if (!file || !isReading) {
      response.writeHead(403, { ...policyHeaders, 'content-type': 'application/xml' })
      response.end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>')
      return
    }
    const content = await readFile(file.path)
    const etag = `"${createHash('md5').update(content).digest('hex')}"`
    const headers = { ...file.headers, ...policyHeaders, etag }
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, headers).end()
      return
    }
    response.writeHead(200, { ...headers, 'content-length': content.length })
    response.end(request.method === 'HEAD' ? undefined : content)
  }
}

const filesOf = (
  deployment: z.infer<typeof deploymentSchema>,
  codeDirectory: (asset: string) => string,
): Array<[key: string, file: DeployedFile]> =>
  deployment.SourceObjectKeys.map(codeDirectory).flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry): [string, DeployedFile] => {
        const path = join(entry.parentPath, entry.name)
        const type = contentTypes[extname(entry.name)] ?? 'binary/octet-stream'
        return [
          join(deployment.DestinationBucketKeyPrefix, relative(folder, path)),
          { path, headers: { 'content-type': type, ...deployment.SystemMetadata } },
        ]
      }),
  )

/** A path that cannot be decoded names no file. */
const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return ''
  }
}
