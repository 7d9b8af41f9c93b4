import { timingSafeEqual } from 'node:crypto'
import { isIP, isIPv4 } from 'node:net'
import { frontDoorHeaders } from '../contracts/http/headers.ts'

/** What is read of a request: header names in lower case, and the address that connected to the gateway. */
export interface Connected {
  headers: Readonly<Record<string, string | undefined>>
  sourceIp: string
}

const sixteenBits = (group: string): number => Number.parseInt(group, 16)

/** The eight groups of an IPv6 address, in the one spelling that URLs have for it. */
const groupsOf = (address: string): number[] => {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head = '', tail] = canonical.split('::')
  const groups = (part: string): number[] => (part === '' ? [] : part.split(':').map(sixteenBits))
  if (tail === undefined) return groups(head)
  const [before, after] = [groups(head), groups(tail)]
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
}

/**
 * The network that an address counts for: an IPv4 address itself, and the /64 of an IPv6 address, which is
 * the least that one customer gets. Undefined for what is no address.
 */
export const networkOf = (address: string): string | undefined => {
  if (isIP(address) === 0 || address.includes('%')) return undefined
  if (isIPv4(address)) return address
  const groups = groupsOf(address)
  const [high = 0, low = 0] = groups.slice(6)
  // An IPv4 address in IPv6 spelling.
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

const isSame = (given: string, wanted: string): boolean => {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** CloudFront's `198.51.100.10:46532` or `2001:db8::1:46532`: the port stands behind the last colon. */
const viewerIn = (value: string): string => value.slice(0, Math.max(0, value.lastIndexOf(':')))

/**
 * The network that a request came from. What CloudFront says of its viewer is believed only from the
 * distribution that knows `proof`: any client can connect to the gateways directly, and send any header.
 * @param proof undefined where there is no distribution in front
 */
export const networkBehind = (
  { headers, sourceIp }: Connected,
  proof: string | undefined,
): string | undefined => {
  const shown = headers[frontDoorHeaders.proof]
  const viewer = headers[frontDoorHeaders.viewerAddress]
  const isProven = proof !== undefined && shown !== undefined && isSame(shown, proof)
  const address = isProven && viewer !== undefined ? viewerIn(viewer) : sourceIp
  return networkOf(address)
}
