import { readSigningKeys } from '../signing-keys.ts'
import type { FindingCode } from './finding-kinds.ts'
import type { Finding } from './findings.ts'

/** Bytes of a key for HMAC with SHA-256, at least (RFC 7518, section 3.2). */
const leastKeyBytes = 32

/** Values that documentation shows in the place of a secret. */
const examples = [
  /^sk-(?:…|\.{3}|x+|your.*|\*+)$/i,
  /^<.*>$/,
  /^(?:change|replace)[-_ ]?(?:me|this|it)/i,
  /^(?:your|my)[-_ ].*(?:key|secret|token)/i,
  // Words that servers without keys are given, such as `none`, are none of these.
  /^(?:example|secret|password|todo|xxx+)$/i,
  /^the one (?:that signs|before or after it)$/i,
]

export const isExample = (secret: string): boolean =>
  examples.some((pattern) => pattern.test(secret.trim()))

/** A key that a request carries in a header. */
export const judgeApiKey = (name: string, key: string): Finding => {
  const finding = (code: FindingCode, found: string): Finding => ({ code, subject: name, found })
  if (isExample(key)) return finding('SECRET_EXAMPLE', 'it is the value of an example')
  // A header takes visible ASCII alone, and a quote or a blank comes from a shell or a file.
  return /^[!#-&(-~]+$/.test(key)
    ? finding('SECRET_READY', 'present')
    : finding(
        'SECRET_MALFORMED',
        'it holds blanks, quotes, line ends or other signs that no key has',
      )
}

/** The secret with the keys that sign principals' tokens, or with those from which secrets of webhooks are derived. */
export const judgeSigningKeys = (name: string, secret: string): Finding => {
  const finding = (code: FindingCode, found: string): Finding => ({ code, subject: name, found })
  let keys: readonly string[]
  try {
    keys = readSigningKeys(secret)
  } catch (error) {
    return finding('SECRET_MALFORMED', error instanceof Error ? error.message : 'not readable')
  }
  if (keys.some(isExample)) return finding('SECRET_EXAMPLE', 'a key is the value of an example')
  const bytes = Math.min(...keys.map((key) => new TextEncoder().encode(key).length))
  return bytes < leastKeyBytes
    ? finding('SECRET_SHORT', `${bytes} bytes, of at least ${leastKeyBytes}`)
    : finding(
        'SECRET_READY',
        keys.length === 1 ? 'one key' : 'two keys, as while they are exchanged',
      )
}
