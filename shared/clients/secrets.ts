import * as z from 'zod'
import { StudioError } from '../contracts/errors.ts'
import { setting } from '../platform/environment.ts'
import { hideSecret } from '../platform/masking.ts'

/**
 * Milliseconds for which a process believes what it has read: a secret that was exchanged is known
 * everywhere after five minutes.
 */
const believedMs = 5 * 60_000

interface KnownParameter {
  value: Promise<string>
  readAt: number
}

const known = new Map<string, KnownParameter>()

/** What signs the request is needed where secrets are parameters: not here and in tests. */
const readLate = async (name: string): Promise<string> =>
  (await import('./parameters.ts')).readParameter(name)

/** Reads a parameter, once in a while; a failure is not kept, and does not take away what is known. */
const knownParameter = async (name: string): Promise<string> => {
  const before = known.get(name)
  if (before && Date.now() - before.readAt < believedMs) return before.value
  const read: KnownParameter = { value: readLate(name), readAt: Date.now() }
  known.set(name, read)
  try {
    return await read.value
  } catch (error) {
    if (!before) {
      known.delete(name)
      throw error
    }
    known.set(name, { ...before, readAt: read.readAt })
    return before.value
  }
}

/**
 * A secret: the variable `name`, or else the SSM SecureString that the variable `parameterName`
 * names, fetched once in five minutes.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED that names the variable.
 */
export const secret = async (name: string, parameterName: string): Promise<string> => {
  const value = setting(name)
  if (value !== undefined) return value
  const parameter = setting(parameterName)
  if (parameter === undefined) {
    throw new StudioError('CAPABILITY_NOT_CONFIGURED', `${name} is not set.`)
  }
  try {
    return await knownParameter(parameter)
  } catch (cause) {
    throw new StudioError(
      'CAPABILITY_NOT_CONFIGURED',
      `${name} could not be read from the parameter that ${parameterName} names.`,
      { cause },
    )
  }
}

const Secrets = z.record(z.string(), z.string())

/**
 * Several secrets as one: the JSON object of texts in the SSM SecureString that the variable
 * `parameterName` names; none when the variable is not set.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED that names the variable
 */
export const secretsOf = async (parameterName: string): Promise<Record<string, string>> => {
  const parameter = setting(parameterName)
  if (parameter === undefined) return {}
  try {
    const secrets = Secrets.parse(JSON.parse(await knownParameter(parameter)))
    for (const value of Object.values(secrets)) hideSecret(value)
    return secrets
  } catch (error) {
    throw new StudioError(
      'CAPABILITY_NOT_CONFIGURED',
      `${parameter}, which ${parameterName} names, could not be read as a JSON object of texts.`,
      // A parser's message quotes the text, which is secret.
      { cause: new Error(error instanceof Error ? error.name : 'no error') },
    )
  }
}
