import * as z from 'zod'

/** Name of the CDK's context value that holds the address: `-c alarmEmail=team@example.com`. */
export const alarmEmailName = 'alarmEmail'

/**
 * Where alarms are sent to; undefined when no address is given.
 * @throws Error that names the context value and the rule
 */
export const alarmEmailOf = (value: unknown): string | undefined => {
  if (value === undefined || value === '') return undefined
  const address = z.email().max(254).safeParse(value)
  if (address.success) return address.data
  throw new Error(
    `The context value ${alarmEmailName} is ${JSON.stringify(value)}; it must be one e-mail address of at most 254 characters, such as team@example.com.`,
  )
}
