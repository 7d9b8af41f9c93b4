import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import {
  type RotationStep,
  rotateSigningKeys,
  rotationSteps,
} from '../shared/rules/signing-keys.ts'

/**
 * One step of an exchange of the keys that sign principals' tokens: reads the secret from standard
 * input, writes the new one to standard output. docs/key-rotation.md says when each step is taken.
 */
const isStep = (name: string | undefined): name is RotationStep =>
  rotationSteps.some((step) => step === name)

const [, , step] = process.argv
try {
  if (!isStep(step)) throw new Error(`Name the step: ${rotationSteps.join(', ')}.`)
  const newKey = randomBytes(32).toString('base64url')
  process.stdout.write(rotateSigningKeys(await text(process.stdin), step, newKey))
} catch (error) {
  // Nothing on standard output: a pipe must not store it.
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
