/**
 * Written by hand, oldest first: a change of any rule, or of what the claim reader has learnt, is a new
 * version, since verdicts name it. The digest is the beginning of the SHA-256 of both; a test compares it
 * and tells the right one.
 */
export const packVersions = [
  { version: '2026-11-26.1', digest: '40315cefefde9c4f' },
  { version: '2026-11-26.2', digest: '56a67919cbf80758' },
  { version: '2026-11-27.1', digest: 'fd30012635c779cb' },
] as const

export const packVersion: string = packVersions.at(-1)?.version ?? ''
