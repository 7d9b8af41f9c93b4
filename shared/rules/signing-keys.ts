/**
 * The secret that holds the keys with which principals' tokens are signed: one key as it is, or
 * `{"keys": ["the one that signs", "another one that is accepted"]}` while keys are exchanged.
 */

/** Keys that are accepted at the same time: the one that signs and the one before or after it. */
const maxKeys = 2

/** The keys in a secret, the one that signs first. @throws Error, without the secret, for anything else */
export const readSigningKeys = (secret: string): [signing: string, ...accepted: string[]] => {
  // A file or a shell may have put a line's end behind it.
  const text = secret.trim()
  if (!text.startsWith('{')) return [text]
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    // The parser's message would quote the secret.
    throw new Error('The signing keys are no JSON.')
  }
  const { keys } = content as { keys?: unknown }
  const isKey = (key: unknown): key is string => typeof key === 'string' && key.trim() !== ''
  if (!Array.isArray(keys) || !keys.every(isKey) || keys.length > maxKeys) {
    throw new Error(`The signing keys must be {"keys": [...]} with one or two texts.`)
  }
  const [signing, ...accepted] = keys
  if (signing === undefined) throw new Error('There is no signing key.')
  return [signing, ...accepted]
}

const writeSigningKeys = (keys: string[]): string =>
  keys.length === 1 ? (keys[0] ?? '') : JSON.stringify({ keys })

/** The steps of an exchange, in their order, and what each makes of the keys. */
const steps = {
  /** The new key is accepted before anything is signed with it. */
  add: (keys: string[], newKey: string) => {
    if (keys.length > 1) throw new Error('Two keys are live already: switch or drop one first.')
    return [...keys, newKey]
  },
  /** The other key signs from now on. */
  switch: (keys: string[]) => {
    if (keys.length < 2) throw new Error('There is one key only: add another one first.')
    return keys.toReversed()
  },
  /** The key that does not sign is accepted no more, nor is any token of it. */
  drop: (keys: string[]) => {
    if (keys.length < 2) throw new Error('There is one key only, and it signs.')
    return keys.slice(0, 1)
  },
} satisfies Record<string, (keys: string[], newKey: string) => string[]>

export type RotationStep = keyof typeof steps
export const rotationSteps = Object.keys(steps) as RotationStep[]

/** The secret after a step of the exchange of keys. @throws Error where the step makes no sense */
export const rotateSigningKeys = (secret: string, step: RotationStep, newKey: string): string =>
  writeSigningKeys(steps[step](readSigningKeys(secret), newKey))
