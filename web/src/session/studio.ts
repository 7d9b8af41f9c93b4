import { createStudio } from '../../../shared/client/index.ts'

/** Marks a call as this page's; no other site's page can set it, so that a cookie counts only with it. */
const withConsoleHeader: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers)
  headers.set('x-launch-studio', 'console')
  return fetch(input, { ...init, headers })
}

/** The one client of the page. Its token is in a cookie that no script can read (decision 56). */
export const studio = createStudio({ auth: 'cookie', fetch: withConsoleHeader })
