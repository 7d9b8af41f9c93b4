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
  for (const element of app.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      if (/^(id|for|style|name|aria-(controls|labelledby|describedby))$/.test(name)) {
        element.removeAttribute(name)
      } else if (/^(src|href|poster)$/.test(name)) {
        element.setAttribute(name, value.replace(/\?.*$/, '').replace(/^blob:.*/, 'blob:'))
      }
    }
  }
  return app.innerHTML.replaceAll('><', '>\n<')
}
