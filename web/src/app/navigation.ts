import { signal } from '@preact/signals'
import { parseRoute, type Route, routeAddress } from './route.ts'

/** Where the page is; follows the address, also when the reader goes back. */
export const route = signal<Route>(parseRoute(location.hash))

addEventListener('hashchange', () => {
  route.value = parseRoute(location.hash)
})

/** Goes on to a place; `replace` leaves none to go back to. */
export const navigate = (to: Route, { replace = false } = {}): void => {
  const address = routeAddress(to)
  if (replace) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
  route.value = to
}
