import { StudioError } from '../contracts/errors.ts'

/** A setting's value; undefined when it is not set or empty. */
export const setting = (name: string): string | undefined => {
  const value = process.env[name]
  return value === undefined || value === '' ? undefined : value
}

/** @throws StudioError INTERNAL_ERROR that names the missing variable. */
export const requiredSetting = (name: string): string => {
  const value = setting(name)
  if (value === undefined) {
    throw new StudioError('INTERNAL_ERROR', `The environment variable ${name} is not set.`)
  }
  return value
}

/** A whole number of at least 1. @throws StudioError INTERNAL_ERROR that names the variable. */
export const numberSetting = (name: string, otherwise: number): number => {
  const value = setting(name)
  if (value === undefined) return otherwise
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1) {
    throw new StudioError('INTERNAL_ERROR', `${name} must be a whole number of at least 1.`)
  }
  return number
}
