import type { Page, Request } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { rehearsedPicture } from '../rehearsal/script/picture.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { useConsole } from './support/console.ts'
import { fillBrief, makePosters, openPackage, readyPosters, transcript } from './support/doing.ts'
import { cuttable } from './support/network.ts'

const studio = useConsole()

interface Linked {
  url: string
  expires_at: string
}

const expired = <File extends Linked>(file: File): File => ({
  ...file,
  url: `${file.url}&expired=1`,
  expires_at: '2020-01-01T00:00:00.000Z',
})

/** The lists of assets and exports as a page has them that was left open longer than their links hold. */
const expireLists = async (page: Page): Promise<void> => {
  await page.route(/\/api\/runs\/[^/]+\/assets$/, async (route) => {
    const response = await route.fetch()
    const { assets, ...rest } = (await response.json()) as { assets: { files: Linked[] }[] }
    const json = {
      ...rest,
      assets: assets.map((asset) => ({ ...asset, files: asset.files.map(expired) })),
    }
    await route.fulfill({ response, json })
  })
  await page.route(/\/api\/runs\/[^/]+\/exports$/, async (route) => {
    const response = await route.fetch()
    const { exports, ...rest } = (await response.json()) as { exports: { file: Linked | null }[] }
    const json = {
      ...rest,
      exports: exports.map((each) => ({ ...each, file: each.file && expired(each.file) })),
    }
    await route.fulfill({ response, json })
  })
  await page.route(/expired=1/, (route) => route.fulfill({ status: 403, body: 'expired' }))
}

const isRenewal = (request: Request): boolean =>
  /\/(assets|exports)\/[^/]+$/.test(request.url()) && request.method() === 'GET'

describe('a package that was left open for longer than its links hold', () => {
  it(
    'shows its pictures and hands out its files by new links, and its exports can be deleted',
    async () => {
      const { page } = await studio.visit()
      await openPackage(page, studio.model)
      await makePosters(page)
      await readyPosters(page)
      await page.getByRole('button', { name: 'ZIP으로 내보내기' }).click()
      const zip = page.getByRole('link', { name: /^내려받기 ZIP/ })
      await zip.waitFor({ timeout: limit(30_000) })

      await expireLists(page)
      const renewals: string[] = []
      page.on('request', (request) => {
        if (isRenewal(request)) renewals.push(request.url())
      })
      await page.reload()
      await readyPosters(page)
      expect(renewals.length).toBeGreaterThan(0)
      const poster = page.getByRole('link', { name: '포스터 내려받기' }).first()
      const [file] = await Promise.all([page.waitForEvent('download'), poster.click()])
      expect(await file.failure()).toBeNull()
      const [packed] = await Promise.all([page.waitForEvent('download'), zip.click()])
      expect(await packed.failure()).toBeNull()
      expect(packed.suggestedFilename()).toMatch(/\.zip$/)
      expect(renewals.some((url) => url.includes('/exports/'))).toBe(true)

      await page.unrouteAll()
      await page.getByRole('button', { name: /ZIP 삭제$/ }).click()
      const dialog = page.getByRole('dialog', { name: '삭제할까요?' })
      await dialog.getByRole('button', { name: '삭제' }).click()
      await zip.waitFor({ state: 'detached' })
      await page.reload()
      await page.getByRole('button', { name: 'ZIP으로 내보내기' }).waitFor()
      expect(await zip.count()).toBe(0)
    },
    limit(120_000),
  )
})

describe('a picture whose link could not be had', () => {
  it('is shown as soon as the page is in touch with the product again', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    const picture = {
      ...{ name: '제품.png', mimeType: 'image/png' },
      buffer: Buffer.from(await rehearsedPicture()),
    }
    await page.locator('input[type=file]').first().setInputFiles(picture)
    await page.getByRole('button', { name: '보내기' }).click()
    await transcript(page).getByRole('img').first().waitFor()
    const network = await cuttable(page)
    const links = /\/product-image\/picture_/
    const refused = {
      error: { code: 'INTERNAL_ERROR', message: '링크가 없어요.', retryable: false },
    }
    await page.route(links, (route) => route.fulfill({ status: 500, json: refused }))
    await page.reload()
    await transcript(page).getByText('링크가 없어요.').waitFor()
    await page.unroute(links)
    await network.closeSockets()
    await transcript(page).getByRole('img').first().waitFor()
    expect(await transcript(page).getByText('링크가 없어요.').count()).toBe(0)
  })
})
