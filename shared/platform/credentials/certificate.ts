import { X509Certificate } from 'node:crypto'
import type { Validity } from '../../rules/checkup/certificate-end.ts'
import { certificatePattern } from './cose-signature.ts'

/**
 * When the whole chain in a text of PEM is valid, in milliseconds since the epoch.
 * Throws for a text without a certificate.
 */
export const validityOf = (pem: string): Validity => {
  const chain = [...pem.matchAll(certificatePattern)].map(([one]) => new X509Certificate(one))
  if (chain.length === 0) throw new Error('There is no certificate.')
  return {
    from: Math.max(...chain.map(({ validFrom }) => Date.parse(validFrom))),
    until: Math.min(...chain.map(({ validTo }) => Date.parse(validTo))),
  }
}
