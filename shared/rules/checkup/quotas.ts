import type { Finding } from './findings.ts'

/** A quota of the account, and what a deployment was sized for. */
export interface Quota {
  name: string
  /** What the account allows; undefined where it could not be read. */
  allowed: number | undefined
  /** What the deployment counts on; undefined where it does not say. */
  needed: number | undefined
  /** Why it could not be read. */
  reason?: string
}

export const judgeQuota = ({ name, allowed, needed, reason }: Quota): Finding => {
  if (allowed === undefined) {
    return { code: 'QUOTA_UNKNOWN', subject: name, found: reason ?? 'not readable' }
  }
  if (needed === undefined) {
    return {
      code: 'QUOTA_UNKNOWN',
      subject: name,
      found: `${allowed}; the stack does not say its size`,
    }
  }
  const found = `${allowed}, and the deployment is sized for ${needed}`
  if (allowed < needed) return { code: 'QUOTA_SMALL', subject: name, found }
  return { code: allowed > needed ? 'QUOTA_UNUSED' : 'QUOTA_READY', subject: name, found }
}
