import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPageReader } from '../../../../shared/clients/pages/page-reader.ts'
import { robotsRules } from '../../../../shared/clients/pages/robots-rules.ts'
import { systemClock } from '../../../../shared/platform/clock.ts'
import { robotsLimit } from '../../../../shared/rules/model-limits.ts'
import { deadline } from '../../../support/limits/machine-speed.ts'
import {
  type PageServer,
  type ServedPage,
  startPageServer,
} from '../../../support/pages/page-server.ts'

let server: PageServer
beforeAll(async () => {
  server = await startPageServer()
})
afterAll(() => server.stop())
const { signal } = new AbortController()

const origin = 'https://a.kr'
const allows = (text: string, path = '/page'): boolean =>
  robotsRules(origin, text).allows(new URL(path, origin))

describe('a robots.txt', () => {
  test.each([
    ['', true],
    ['<html>not found</html>', true],
    ['User-agent: *\nDisallow:', true],
    ['User-agent: *\nDisallow: /', false],
    ['\ufeffUser-agent: *\r\nDisallow: /\r\n', false],
    ['user-agent: * # all\ndisallow: /page # this', false],
    ['User-agent: Yeti\nAllow: /\n\nUser-agent: *\nDisallow: /', false],
    ['User-agent: Googlebot\nDisallow: /', true],
    ['User-agent: LaunchStudio\nDisallow: /\n\nUser-agent: *\nAllow: /', false],
    ['User-agent: launchstudio/2.0\nAllow: /\n\nUser-agent: *\nDisallow: /', true],
    ['User-agent: *\nDisallow: /\nUser-agent: LaunchStudio\nDisallow:', true],
    ['User-agent: Yeti\nUser-agent: LaunchStudio\nCrawl-delay: 5\nDisallow: /', false],
    ['User-agent: *\nDisallow: /\nAllow: /page$', true],
    ['User-agent: *\nDisallow: /*?q=', true],
    ['Disallow: /', true],
  ])('%j allows the page: %s', (text, isAllowed) => {
    expect(allows(text)).toBe(isAllowed)
  })

  test('compares addresses in one spelling', () => {
    const text = 'User-agent: *\nDisallow: /상품/'
    expect(allows(text, '/%EC%83%81%ED%92%88/1')).toBe(false)
    expect(allows(text, '/%ec%83%81%ed%92%88/1')).toBe(false)
  })

  // The examples of RFC 9309, 2.2.2, and what needs no escape.
  test.each([
    ['/foo/bar/%62%61%7A', '/foo/bar/baz', false],
    ['/foo/bar/baz', '/foo/bar/%62%61%7a', false],
    ['/page', '/%70age', false],
    ['/%7Eme', '/~me', false],
    ['/~me', '/%7eme', false],
    ['/a%2Eb', '/a.b', false],
    ['/*?q=%61', '/page?q=a', false],
    ['/foo/bar?baz=https://foo.bar', '/foo/bar?baz=https%3A%2F%2Ffoo.bar', true],
    ['/a%2Fb', '/a/b', true],
    ['/%2570age', '/page', true],
    ['/page', '/%2570age', true],
    ['/%5Bid%5D', '/id', true],
  ])('that forbids %s allows %s: %s', (rule, path, isAllowed) => {
    expect(allows(`User-agent: *\nDisallow: ${rule}`, path)).toBe(isAllowed)
  })

  test('made to take all memory or time is followed, or forbids everything', () => {
    const agents = 'user-agent: *\nuser-agent: a\n'.repeat(15_000)
    expect(allows(`${agents}${'allow: /\n'.repeat(25_000)}`)).toBe(true)
    const wildcards = `disallow: /${'*a'.repeat(200)}b\n`.repeat(1_000)
    expect(wildcards.length).toBeGreaterThan(robotsLimit.maxWildcardLength)
    expect(allows(`user-agent: *\n${wildcards}`, `/${'a'.repeat(2_000)}`)).toBe(false)
  })
})

describe('a site', () => {
  let sites = 0
  const siteWith = (robots: ServedPage | string | Parameters<PageServer['publish']>[1]) => {
    sites += 1
    const site = `site-${sites}`
    server.publish('/robots.txt', robots, site)
    return {
      site,
      url: server.publish(
        '/page',
        { headers: { 'content-type': 'text/plain' }, body: 'text' },
        site,
      ),
    }
  }
  const read = (url: string, clock = systemClock) =>
    createPageReader({ clock, allowLoopback: true, deadlineMs: deadline(8_000) }).read(url, signal)

  test.each([
    ['has none', { status: 404 }],
    ['forbids its robots.txt', { status: 403 }],
    ['redirects it without an end', { status: 301, headers: { location: '/robots.txt' } }],
    ['answers with a page', '<html>Welcome</html>'],
    [
      'has a longer one than is read',
      `user-agent: *\nallow: /\n${'# comment\n'.repeat(60_000)}disallow: /`,
    ],
  ])('may be read when it %s', async (_, robots) => {
    expect(await read(siteWith(robots).url)).toMatchObject({ status: 'read' })
  })

  test.each([
    ['forbids it', 'User-agent: *\nDisallow: /page', 'robots'],
    ['fails', { status: 500 }, 'robots-unreachable'],
    [
      'hangs up',
      (request: { socket: { destroy(): void } }) => request.socket.destroy(),
      'robots-unreachable',
    ],
    [
      'sends it elsewhere',
      { status: 302, headers: { location: 'https://10.0.0.1/robots.txt' } },
      'robots-unreachable',
    ],
  ] satisfies [string, Parameters<PageServer['publish']>[1], string][])(
    'is not read when it %s',
    async (_, robots, reason) => {
      const { site, url } = siteWith(robots)
      expect(await read(url)).toEqual({ status: 'refused', url, reason })
      expect(
        server.requests.filter((request) => request.site === site && request.path === '/page'),
      ).toEqual([])
    },
  )

  test('that a page redirects to has its own say', async () => {
    const { url } = siteWith('User-agent: *\nDisallow: /page')
    server.publish('/page', { status: 302, headers: { location: url } }, 'open')
    expect(await read(server.url('/page', 'open'))).toMatchObject({ reason: 'robots' })
  })

  test('is asked once an hour, by all readings together', async () => {
    const { site, url } = siteWith('User-agent: *\nAllow: /')
    let now = 0
    const reader = createPageReader({
      clock: { now: () => now },
      allowLoopback: true,
      deadlineMs: deadline(8_000),
    })
    const asked = () =>
      server.requests.filter((request) => request.site === site && request.path === '/robots.txt')
    await Promise.all([reader.read(url, signal), reader.read(url, signal)])
    now = robotsLimit.keptMs - 1
    await reader.read(url, signal)
    expect(asked()).toHaveLength(1)
    now = robotsLimit.keptMs
    await reader.read(url, signal)
    expect(asked()).toHaveLength(2)
  })

  test('is asked again soon when its robots.txt could not be reached', async () => {
    const { site, url } = siteWith({ status: 503 })
    let now = 0
    const reader = createPageReader({
      clock: { now: () => now },
      allowLoopback: true,
      deadlineMs: deadline(8_000),
    })
    expect(await reader.read(url, signal)).toMatchObject({ reason: 'robots-unreachable' })
    server.publish('/robots.txt', { status: 404 }, site)
    expect(await reader.read(url, signal)).toMatchObject({ reason: 'robots-unreachable' })
    now = 60_000
    expect(await reader.read(url, signal)).toMatchObject({ status: 'read' })
  })
})
