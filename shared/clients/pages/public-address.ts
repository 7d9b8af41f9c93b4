import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { unlessAborted } from '../../platform/abort.ts'
import { failed, refused } from './request-failure.ts'

export interface HostAddress {
  address: string
  family: 4 | 6
}

/** Every address of a host. Rejects when there is none. */
export type Resolver = (hostname: string) => Promise<HostAddress[]>

export const systemResolver: Resolver = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address, family }) => ({
    address,
    family: family === 6 ? 6 : 4,
  }))

const globalUnicast = ipaddr.parseCIDR('2000::/3')
/** Public by its range, but Azure's own service on each of its machines. */
const otherServices = new Set(['168.63.129.16'])

/**
 * Whether an IP address belongs to the public internet: no loopback, private, link-local, shared,
 * metadata, multicast or reserved range, nor one of IPv6 that carries an IPv4 address inside.
 */
export const isPublicAddress = (address: string): boolean => {
  // The library also takes spellings that a connection might read in another way.
  if (isIP(address) === 0 || address.includes('%')) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast' || otherServices.has(parsed.toString())) return false
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast)
}

export const isLoopbackAddress = (address: string): boolean =>
  isIP(address) !== 0 && ipaddr.parse(address).range() === 'loopback'

/** A name or literal of this machine, as a URL's `hostname` spells it. */
export const isLoopbackHost = (hostname: string): boolean =>
  /^(?:[^.]+\.)*localhost$/.test(hostname) || isLoopbackAddress(bareHost(hostname))

/** Without the brackets of an IPv6 literal. */
const bareHost = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1')

const loopback: HostAddress = { address: '127.0.0.1', family: 4 }

/**
 * The one address that a connection to this host may go to. The host is resolved once, and all of its
 * addresses must be public: one that is not shows that the name cannot be trusted. IPv4 goes first,
 * since functions have no route for IPv6.
 * @throws RequestFailure private-address, unknown-host
 */
export const connectableAddress = async (
  hostname: string,
  { resolve, allowLoopback }: { resolve: Resolver; allowLoopback: boolean },
  signal: AbortSignal,
): Promise<HostAddress> => {
  const host = bareHost(hostname)
  if (isIP(host) !== 0) {
    const isAllowed = isPublicAddress(host) || (allowLoopback && isLoopbackAddress(host))
    if (!isAllowed) throw refused('private-address')
    return { address: host, family: host.includes(':') ? 6 : 4 }
  }
  if (isLoopbackHost(host)) {
    if (!allowLoopback) throw refused('private-address')
    return loopback
  }
  const addresses = await unlessAborted(
    resolve(host).catch((error: unknown) => {
      throw failed('unknown-host', error)
    }),
    signal,
  )
  if (!addresses.every(({ address }) => isPublicAddress(address))) throw refused('private-address')
  const chosen = addresses.find(({ family }) => family === 4) ?? addresses[0]
  if (chosen === undefined) throw failed('unknown-host')
  return chosen
}
