/**
 * The gateways say `https` to their functions, and browsers come without TLS. Not every browser takes
 * cookies for TLS alone from this machine, so they go out under a name and without an attribute that
 * would demand it, and come back as the functions know them.
 */

const prefix = '__Host-'
const plainPrefix = 'plain-host-'

export const toBrowser = (cookie: string): string =>
  cookie
    .split(/;\s*/)
    .filter((part) => part.toLowerCase() !== 'secure')
    .join('; ')
    .replace(prefix, plainPrefix)

export const fromBrowser = (cookie: string): string =>
  cookie.startsWith(plainPrefix) ? prefix + cookie.slice(plainPrefix.length) : cookie
