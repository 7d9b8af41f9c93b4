import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Distribution } from '../../../local/http/distribution.ts'
import { copyingFunctions, DeployedFiles } from '../../../local/objects/deployed-files.ts'
import { createLocalizer } from '../../../local/template/origins.ts'
import { Resolver } from '../../../local/template/resolver.ts'
import { parseTemplate } from '../../../local/template/template.ts'

const deployment = (key: string, prefix: string | undefined, cacheControl: string) => ({
  Type: 'Custom::CDKBucketDeployment',
  Properties: {
    ServiceToken: { 'Fn::GetAtt': ['Copier', 'Arn'] },
    SourceObjectKeys: [key],
    DestinationBucketName: { Ref: 'Pages' },
    ...(prefix && { DestinationBucketKeyPrefix: prefix }),
    SystemMetadata: { 'cache-control': cacheControl },
  },
})

const behaviour = { TargetOriginId: 'pages', ResponseHeadersPolicyId: { Ref: 'Headers' } }
const template = parseTemplate({
  Resources: {
    Copier: { Type: 'AWS::Lambda::Function', Properties: {} },
    Pages: { Type: 'AWS::S3::Bucket', Properties: {} },
    Media: { Type: 'AWS::S3::Bucket', Properties: {} },
    Sockets: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'WEBSOCKET' } },
    Assets: deployment('assets.zip', 'assets', 'immutable'),
    Start: deployment('pages.zip', undefined, 'no-cache'),
    Headers: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: {
          Name: 'headers',
          SecurityHeadersConfig: {
            ContentSecurityPolicy: {
              ContentSecurityPolicy: {
                'Fn::Join': [
                  '',
                  [
                    "connect-src 'self' wss://",
                    { Ref: 'Sockets' },
                    '.execute-api.',
                    { Ref: 'AWS::Region' },
                    '.amazonaws.com https://',
                    { 'Fn::GetAtt': ['Media', 'RegionalDomainName'] },
                    "; base-uri 'none'",
                  ],
                ],
              },
            },
            ContentTypeOptions: { Override: true },
          },
          CustomHeadersConfig: { Items: [{ Header: 'X-Own', Value: 'yes', Override: true }] },
        },
      },
    },
    Front: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          DefaultRootObject: 'index.html',
          DefaultCacheBehavior: { TargetOriginId: 'api' },
          CacheBehaviors: [
            { ...behaviour, PathPattern: '/index.html' },
            { ...behaviour, PathPattern: '/assets/*' },
          ],
          Origins: [
            { Id: 'api', DomainName: 'api.example' },
            { Id: 'pages', DomainName: { 'Fn::GetAtt': ['Pages', 'RegionalDomainName'] } },
          ],
        },
      },
    },
  },
})
const resolver = new Resolver(template, { sqs: 'http://127.0.0.1:1' })
const localize = createLocalizer(resolver, {
  front: 'http://127.0.0.1:8787',
  control: 'http://127.0.0.1:2',
  objects: 'http://127.0.0.1:3',
})
const distribution = new Distribution(resolver, 'Front', localize, () => {})

let folder: string
let server: Server
let origin: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deployed-files-'))
  const write = (path: string, content: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  write('pages.zip/index.html', '<p>안녕하세요</p>')
  write('assets.zip/app-1.js', 'export {}')
  write('secret.txt', 'outside')
  const files = new DeployedFiles(resolver, 'Pages', (asset) => join(folder, asset))
  server = createServer((request, response) => {
    const { path, answerHeaders } = distribution.route(request.url ?? '/')
    void files.handle(request, response, path, answerHeaders)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('files that a deployment copies into a bucket behind the distribution', () => {
  test('are found under the bucket that the distribution names', () => {
    const files = new DeployedFiles(resolver, 'Pages', (asset) => join(folder, asset))
    expect(files.host).toBe(distribution.route('/').host)
    expect(distribution.route('/elsewhere').host).toBe('api.example')
    expect(new DeployedFiles(resolver, 'Media', () => folder).isEmpty).toBe(true)
    expect(copyingFunctions(resolver)).toEqual(new Set([resolver.attribute('Copier', 'Arn')]))
  })

  test('are answered as they were uploaded, the first of them at /', async () => {
    const start = await fetch(origin)
    expect(await start.text()).toBe('<p>안녕하세요</p>')
    expect(start.headers.get('content-type')).toBe('text/html')
    expect(start.headers.get('cache-control')).toBe('no-cache')
    const script = await fetch(`${origin}/assets/app-1.js`)
    expect(script.headers.get('content-type')).toBe('text/javascript')
    expect(script.headers.get('cache-control')).toBe('immutable')
  })

  test('are not sent again to a reader that has them', async () => {
    const { headers } = await fetch(origin)
    const etag = headers.get('etag') ?? ''
    const again = await fetch(origin, { headers: { 'if-none-match': etag } })
    expect([again.status, again.headers.get('x-own')]).toEqual([304, 'yes'])
    expect((await fetch(origin, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
  })

  test.each([
    ['GET', '/assets/none.js'],
    ['GET', '/assets/..%2f..%2fsecret.txt'],
    ['GET', '/assets/%2e%2e/%2e%2e/secret.txt'],
    ['GET', '/assets/%E0%A4%A'],
    ['POST', '/assets/app-1.js'],
    ['DELETE', '/index.html'],
  ])('%s %s is refused as S3 does', async (method, path) => {
    const response = await fetch(`${origin}${path}`, { method })
    expect(response.status).toBe(403)
    expect(await response.text()).not.toContain('outside')
  })

  test('come with the headers of the policy, in which local addresses stand for those of AWS', async () => {
    const { headers } = await fetch(origin)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-own')).toBe('yes')
    expect(headers.get('content-security-policy')).toBe(
      "connect-src 'self' ws://127.0.0.1:8787 http://127.0.0.1:3; base-uri 'none'",
    )
    expect(distribution.route('/elsewhere').answerHeaders).toEqual({})
  })
})
