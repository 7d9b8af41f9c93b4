import { normalizedUrl } from './web-address.ts'

/** Caches of AMP pages, which hold the address of the page in their own path. */
const caches: [host: RegExp, path: RegExp][] = [
  [/^google(?:\.[a-z]{2,3}){1,2}$/, /^\/amp\/(?:s\/)?(.+)$/],
  [/\.cdn\.ampproject\.org$/, /^\/[a-z]{1,2}\/(?:s\/)?(.+)$/],
]

const cachedAddress = ({ hostname, pathname, search }: URL): string | null => {
  const path = caches.find(([host]) => host.test(hostname))?.[1].exec(pathname)?.[1]
  return path === undefined ? null : normalizedUrl(`https://${path}${search}`)
}

interface Variant {
  /** Host and path, without what tells the AMP form of a page from the page. */
  page: string
  parameters: ReadonlySet<string>
}

const variantOf = (address: string): Variant | null => {
  const normal = URL.parse(normalizedUrl(address) ?? '')
  const url = normal && URL.parse(cachedAddress(normal) ?? normal.href)
  if (url === null) return null
  const host = url.host.replace(/^amp\.(?=[^.]+\.)/, '')
  const path = url.pathname.replace(/(?:\/amp\/?|\.amp|\/)$/, '')
  const parameters = url.search.slice(1).split('&')
  return {
    page: `${host}${path}`,
    parameters: new Set(parameters.filter((parameter) => parameter !== '')),
  }
}

const includes = (all: ReadonlySet<string>, some: ReadonlySet<string>): boolean =>
  [...some].every((each) => all.has(each))

/**
 * Whether two addresses may be of one page although their normal forms differ: the same host and path,
 * where one has the parameters of the other and perhaps more, and where either may be the AMP form.
 */
export const mayBeOnePage = (one: string, other: string): boolean => {
  const [first, second] = [variantOf(one), variantOf(other)]
  if (first === null || second === null || first.page !== second.page) return false
  const [parameters, others] = [first.parameters, second.parameters]
  return includes(parameters, others) || includes(others, parameters)
}
