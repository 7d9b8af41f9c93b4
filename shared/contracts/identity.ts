import * as z from 'zod'

/** A caller: anonymous, under a token that was minted here, or a person whom the deployment's issuer knows. */
export const Principal = z.string().regex(/^(?:user_[0-9a-z]{26}|oidc_[0-9a-f]{40})$/)
export type Principal = z.infer<typeof Principal>

/** Readers of a session, at most. */
export const readersLimit = 20

/** What a caller may do with a session: everything, or read it. */
export const Access = z.enum(['owner', 'reader'])
export type Access = z.infer<typeof Access>
