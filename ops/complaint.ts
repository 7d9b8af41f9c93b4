import { StudioError } from '../shared/contracts/errors.ts'

/** The innermost cause that says something, with the name that its service gave it. */
const reasonOf = (error: Error): string => {
  const cause = error.cause instanceof Error ? ` (${reasonOf(error.cause)})` : ''
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code} ` : ''
  const parts = error instanceof AggregateError ? error.errors.map(String).join('; ') : ''
  return `${code}${error.message || parts || error.name}${cause}`
}

/** An error in one line, with the vendor's own reason; a stack follows what nothing here foresaw. */
export const complain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof StudioError) {
    const { code, vendor } = error
    const said = vendor?.message ? ` ${vendor.service ?? 'The vendor'} said: ${vendor.message}` : ''
    return `${code}: ${reasonOf(error)}${said}`
  }
  return `${error.name}: ${reasonOf(error)}${process.env.DEBUG ? `\n${error.stack}` : ''}`
}
