/** Vendors' error codes are short identifiers; anything else might quote the request. */
export const vendorCode = (code: unknown): string | undefined =>
  typeof code === 'string' && /^[\w.-]{1,60}$/.test(code) ? code : undefined

/** A broken connection's code is deep in the causes: ECONNREFUSED, UND_ERR_SOCKET. */
export const connectionCode = (error: unknown): string | undefined => {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const code = 'code' in at ? vendorCode(at.code) : undefined
    if (code !== undefined) return code
  }
  return undefined
}
