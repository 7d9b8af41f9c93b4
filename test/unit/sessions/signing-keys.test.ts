import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { decodeProtectedHeader } from 'jose'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readSigningKeys, rotateSigningKeys } from '../../../shared/rules/signing-keys.ts'
import {
  identify,
  newPrincipal,
  tokenOf,
} from '../../../shared/services/sessions/principal-service.ts'
import { signedWith, tampered, unsigned } from '../../support/identity/forged-tokens.ts'

const [old, young] = [
  'an-old-key-that-is-long-enough-to-sign',
  'a-new-key-that-is-long-enough-to-sign',
]
const holds = (...keys: string[]): void => {
  vi.stubEnv('TOKEN_SIGNING_KEY', keys.length === 1 ? keys[0] : JSON.stringify({ keys }))
}
const principalIn = (token: string) => identify(`Bearer ${token}`)

/** The same bytes in base64url that a lenient decoder reads alike: the last character's spare bits differ. */
const otherSpellings = (token: string): string[] => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const signature = (text: string) => Buffer.from(text.split('.')[2] ?? '', 'base64url')
  return [...[...letters].map((letter) => token.slice(0, -1) + letter), `${token}=`].filter(
    (other) => other !== token && signature(other).equals(signature(token)),
  )
}

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('while two keys are live', () => {
  it('a token of each is good, and the first one signs', async () => {
    const principal = newPrincipal()
    holds(old)
    const before = await tokenOf(principal)
    holds(old, young)
    expect(await tokenOf(principal)).toBe(before)
    holds(young, old)
    const after = await tokenOf(principal)
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid)
    expect([await principalIn(before), await principalIn(after)]).toEqual([principal, principal])
  })

  it('a token from before keys had names is good under either', async () => {
    const claims = { sub: 'user_1', aud: 'launch-studio', exp: 4_000_000_000 }
    const unnamed = await signedWith(old, claims)
    for (const keys of [[old], [old, young], [young, old]]) {
      holds(...keys)
      expect(await principalIn(unnamed)).toBe('user_1')
    }
    holds(young)
    await expect(principalIn(unnamed)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  })

  it('a token of a key that is gone is refused', async () => {
    holds(old)
    const token = await tokenOf(newPrincipal())
    holds(young)
    await expect(principalIn(token)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  })
})

describe('a token that was verified', () => {
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })

  it('is verified once by an instance, until it expires', async () => {
    holds(old)
    const now = 1_900_000_000_000
    vi.useFakeTimers({ now, toFake: ['Date'] })
    const claims = { sub: 'user_1', aud: 'launch-studio', exp: now / 1000 + 60 }
    const token = await signedWith(old, claims)
    const verify = vi.spyOn(crypto.subtle, 'verify')
    for (let time = 0; time < 3; time += 1) expect(await principalIn(token)).toBe('user_1')
    expect(verify).toHaveBeenCalledTimes(1)
    vi.setSystemTime(now + 60_000)
    await expect(principalIn(token)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  })

  it('is refused as soon as its key is gone, and one that was refused is never remembered', async () => {
    holds(old)
    const token = await tokenOf(newPrincipal())
    await principalIn(token)
    holds(young)
    for (let time = 0; time < 2; time += 1) {
      await expect(principalIn(token)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    }
  })
})

it('a token is good only as it was signed', async () => {
  holds(old, young)
  const principal = newPrincipal()
  const token = await tokenOf(principal)
  const claims = { sub: principal, aud: 'launch-studio', exp: 4_000_000_000 }
  const forged = [
    tampered(token, { sub: newPrincipal() }),
    unsigned(claims),
    unsigned(claims, 'NONE'),
    await signedWith('', { ...claims }).catch(() => 'no token'),
    await signedWith('another-key-that-is-long-enough-to-sign', claims),
    await signedWith(young, claims, { kid: decodeProtectedHeader(token).kid }),
    await signedWith(old, { ...claims, aud: 'another-service' }),
    await signedWith(old, { ...claims, exp: 1 }),
    await signedWith(old, { aud: claims.aud, exp: claims.exp }),
    `${token}.${token}`,
    token.slice(0, -2),
    ...otherSpellings(token),
  ]
  for (const each of forged) {
    await expect(principalIn(each), each).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  }
  expect(await principalIn(token)).toBe(principal)
})

describe('the secret', () => {
  it.each([
    '{"keys":[]}',
    '{"keys":["a","b","c"]}',
    '{"keys":"a"}',
    '{"keys":["a",""]}',
    '{keys',
    '{}',
  ])('that holds no keys is named and not quoted: %s', async (secret) => {
    vi.stubEnv('TOKEN_SIGNING_KEY', secret)
    const refused = tokenOf(newPrincipal())
    await expect(refused).rejects.toMatchObject({ code: 'CAPABILITY_NOT_CONFIGURED' })
    await expect(refused).rejects.toThrow('TOKEN_SIGNING_KEY')
    expect(() => readSigningKeys('{"keys":"a secret')).toThrow(/^(?!.*a secret)/)
  })

  it('goes through an exchange of keys in three steps, and none can be taken twice', () => {
    const added = rotateSigningKeys(`${old}\n`, 'add', young)
    expect(readSigningKeys(added)).toEqual([old, young])
    const switched = rotateSigningKeys(added, 'switch', '')
    expect(readSigningKeys(switched)).toEqual([young, old])
    expect(rotateSigningKeys(switched, 'drop', '')).toBe(young)
    expect(() => rotateSigningKeys(added, 'add', 'a third')).toThrow('Two keys are live')
    expect(() => rotateSigningKeys(young, 'switch', '')).toThrow('add another one first')
    expect(() => rotateSigningKeys(young, 'drop', '')).toThrow('one key only')
  })

  it('is exchanged by a command that reads and writes it', () => {
    const command = join(import.meta.dirname, '../../../bin/rotate-signing-key.ts')
    const run = (step: string, input: string) =>
      execFileSync(process.execPath, [command, step], { input, stdio: 'pipe' }).toString()
    const added = run('add', old)
    expect(readSigningKeys(added)).toEqual([old, expect.stringMatching(/^[\w-]{43}$/)])
    expect(readSigningKeys(run('switch', added)).at(-1)).toBe(old)
    expect(() => run('drop', old)).toThrow('one key only')
  })
})
