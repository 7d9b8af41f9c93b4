import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import * as z from 'zod'
import { bytesOfAll, consoleScripts } from '../support/console-scripts.ts'
import { policySchema, resourceOf, resourcesOf, template, text } from './synthesized.ts'

const { directory, sources } = inject('console')
const assets = readdirSync(join(directory, 'assets'))
const read = (path: string): string => readFileSync(join(directory, path), 'utf8')
const pages = ['index.html', 'components.html']

/** Files that a page names, in its own markup. */
const named = (page: string): string[] =>
  [...read(page).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path)

describe('the built console', () => {
  test('starts with less than 60 KB of script, compressed, and never has 96', () => {
    const { atStart, later } = consoleScripts(directory)
    expect(atStart.size).toBeGreaterThan(0)
    expect(later.size).toBeGreaterThan(0)
    const start = bytesOfAll(atStart)
    expect(start).toBeLessThan(60 * 1024)
    expect(start + bytesOfAll(later)).toBeLessThan(96 * 1024)
  })

  test('preloads all that it starts with, so that no script waits for another', () => {
    const scripts = named('index.html').filter((path) => path.endsWith('.js'))
    const needed = [...consoleScripts(directory).atStart.keys()]
    expect(scripts.sort()).toEqual(needed.map((name) => `/assets/${name}`).sort())
  })

  test.each(pages)('%s has no code and no style of its own, and names no other host', (page) => {
    const html = read(page)
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/i)
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/i)
    for (const path of named(page)) expect(path).toMatch(/^\/(?:assets\/|favicon\.svg$)/)
  })

  test('calls no other host, and makes no code out of text', () => {
    for (const name of assets.filter((each) => /\.(?:js|css)$/.test(each))) {
      const hosts = [...read(`assets/${name}`).matchAll(/\bhttps?:\/\/[\w.-]+/g)].map(
        ([url]) => url,
      )
      expect(hosts.filter((url) => !url.startsWith('http://www.w3.org'))).toEqual([])
      expect(read(`assets/${name}`)).not.toMatch(/\beval\(|new Function\(|@import|url\(data:/)
    }
  })

  test('has one style sheet, in which components go before what they are made of', () => {
    const [sheet = '', ...others] = assets.filter((name) => name.endsWith('.css'))
    expect(others).toEqual([])
    const layers = [...read(`assets/${sheet}`).matchAll(/@layer ([\w, ]+)[;{]/g)].flatMap(
      ([, names = '']) => names.split(/,\s*/),
    )
    expect([...new Set(layers)]).toEqual(['tokens', 'base', 'components', 'screens'])
  })

  test('has a name for each asset that changes with its content', () => {
    for (const name of assets) expect(name).toMatch(/-[\w-]{8}\.\w+$/)
  })

  test('is made of these packages, and of no schema', () => {
    const packages = sources.flatMap(
      (source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? [],
    )
    expect([...new Set(packages)].sort()).toEqual([
      '@preact/signals',
      '@preact/signals-core',
      'lean-qr',
      'preact',
    ])
    // Tables, dates, lengths and sizes that the server goes by as well; none of them has a schema.
    const others = sources.filter(
      (source) => !/^(?:web|node_modules|shared\/client)\//.test(source),
    )
    // The bundler's own begin with a null character.
    expect(others.filter((source) => !source.startsWith('\0')).sort()).toEqual([
      'shared/contracts/graphemes.ts',
      'shared/contracts/latest-date.ts',
      'shared/rules/export/plan-dates.ts',
      'shared/rules/file-size.ts',
      'shared/rules/placements/placements.ts',
      'shared/rules/placements/safe-rectangle.ts',
    ])
  })
})

describe('its delivery', () => {
  const deployments = resourcesOf(
    template,
    'Custom::CDKBucketDeployment',
    z.looseObject({
      DestinationBucketName: text,
      DestinationBucketKeyPrefix: z.string().optional(),
      SystemMetadata: z.record(z.string(), z.string()),
      Prune: z.boolean(),
    }),
  )

  test('lets browsers keep assets for a year and ask for pages each time', () => {
    const kept = [...deployments.values()].map((each) => [
      each.DestinationBucketKeyPrefix ?? '',
      each.SystemMetadata['cache-control'],
      each.Prune,
    ])
    // Nothing is pruned: a page that is open still loads what it named.
    expect(kept).toEqual([
      ['assets', 'public, max-age=31536000, immutable', false],
      ['', 'no-cache', false],
    ])
  })

  test('copies the assets before the pages that name them', () => {
    const [assetsId = ''] =
      [...deployments].find(([, each]) => each.DestinationBucketKeyPrefix) ?? []
    const [pagesId = ''] =
      [...deployments].find(([, each]) => !each.DestinationBucketKeyPrefix) ?? []
    expect(template.Resources[pagesId]?.DependsOn).toContain(assetsId)
  })

  test('is from a bucket that only the distribution reads, and only over TLS', () => {
    expect(template.Resources.ConsoleBucket?.Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    })
    const policies = resourcesOf(
      template,
      'AWS::S3::BucketPolicy',
      policySchema.extend({ Bucket: text }),
    )
    const own = [...policies.values()].find(({ Bucket }) => Bucket === '<ConsoleBucket>')
    const allowed = own?.PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow')
    expect(allowed).toMatchObject([
      {
        Action: ['s3:GetObject'],
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Resource: ['<ConsoleBucket.Arn>/*'],
      },
    ])
    expect(JSON.stringify(allowed?.[0]?.Condition)).toContain('"Ref":"Distribution"')
  })
})

describe('what a browser may do with its pages', () => {
  const behaviourSchema = z.looseObject({
    PathPattern: z.string(),
    ResponseHeadersPolicyId: text.optional(),
  })
  const { CacheBehaviors } = resourceOf(
    template,
    'Distribution',
    z.looseObject({
      DistributionConfig: z.looseObject({ CacheBehaviors: z.array(behaviourSchema) }),
    }),
  ).DistributionConfig
  const [policies] = [
    resourcesOf(
      template,
      'AWS::CloudFront::ResponseHeadersPolicy',
      z.looseObject({
        ResponseHeadersPolicyConfig: z.looseObject({
          SecurityHeadersConfig: z.looseObject({
            ContentSecurityPolicy: z.object({
              ContentSecurityPolicy: text,
              Override: z.literal(true),
            }),
          }),
        }),
      }),
    ),
  ]
  const [[policyId, policy] = []] = [...policies]
  const directives = new Map(
    policy?.ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy.split(
      '; ',
    ).map((directive): [string, string] => {
      const [name = '', ...values] = directive.split(' ')
      return [name, values.join(' ')]
    }),
  )

  test('is told with every file', () => {
    const own = CacheBehaviors.filter(({ PathPattern }) => !PathPattern.startsWith('/api/'))
    expect(own.map(({ PathPattern }) => PathPattern)).toContain('/')
    for (const { ResponseHeadersPolicyId } of own) {
      expect(ResponseHeadersPolicyId).toBe(`<${policyId}>`)
    }
  })

  test('runs its own files only, and nothing inline', () => {
    expect(directives.get('default-src')).toBe("'none'")
    expect(directives.get('script-src')).toBe("'self'")
    expect(directives.get('style-src')).toBe("'self'")
    expect(directives.get('frame-ancestors')).toBe("'none'")
    expect(directives.get('base-uri')).toBe("'none'")
    expect([...directives.values()].join(' ')).not.toMatch(/unsafe|\*|data:/)
  })

  test('talks to the API, its sockets and the media bucket, and to nothing else', () => {
    expect(directives.get('connect-src')).toBe(
      "'self' wss://<SocketApi>.execute-api.<AWS::Region>.<AWS::URLSuffix> https://<MediaBucket.RegionalDomainName>",
    )
  })
})
