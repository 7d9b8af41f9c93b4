import { afterAll, describe, expect, test } from 'vitest'
import { createPageReader } from '../../../../shared/clients/pages/page-reader.ts'
import { systemClock as clock } from '../../../../shared/platform/clock.ts'
import { startPageServer } from '../../../support/pages/page-server.ts'

const server = await startPageServer()
afterAll(() => server.stop())
const reader = createPageReader({ clock, allowLoopback: true })
const { signal } = new AbortController()

describe('a page', () => {
  test('is read with its title, site and date', async () => {
    const url = server.publish(
      '/article',
      '<title>제목</title><article><p>올해 매출은 12% 늘었다.</article>',
    )
    expect(await reader.read(url, signal)).toMatchObject({
      status: 'read',
      page: { url, requestedUrl: url, title: '제목', text: '올해 매출은 12% 늘었다.' },
    })
  })
})
