import type { Page } from 'playwright-core'

/**
 * What a page shows, without what differs between two openings of the same: generated ids, heights that were
 * measured, signatures of links, and the announcer, which tells of news and not of what is there.
 */
export const shown = async (page: Page): Promise<string> =>
  (await page.evaluate(shownText)).replaceAll(times, '…')

/** Times that go on while one looks. */
const times = /(약 )?(\d+(시간|분|초) ?)+( 남음)?|곧 끝납니다|남은 시간 계산 중/g

const shownText = (): string => {
  const app = document.querySelector('#app')?.cloneNode(true) as Element
  for (const each of app.querySelectorAll('[role=status], .toasts')) each.remove()
  const left = /^(id|for|style|name|aria-(controls|labelledby|describedby))$/
  const address = /^(src|href|poster)$/
  const withoutQuery = (url: string): string =>
    url.replace(/\?.*$/, '').replace(/^blob:.*/, 'blob:')
  for (const element of app.querySelectorAll('*')) {
    const kept = [...element.attributes]
      .filter(({ name }) => !left.test(name))
      .map(({ name, value }) => [name, address.test(name) ? withoutQuery(value) : value] as const)
      // Their order is that in which they were first set.
      .sort(([one], [other]) => (one < other ? -1 : 1))
    for (const { name } of [...element.attributes]) element.removeAttribute(name)
    for (const [name, value] of kept) element.setAttribute(name, value)
  }
  return app.innerHTML.replaceAll('><', '>\n<')
}
