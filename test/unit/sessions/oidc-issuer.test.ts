import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { claimsOf, signedWith, tampered, unsigned } from '../../support/identity/forged-tokens.ts'
import { type Issuer, startIssuer } from '../../support/identity/issuer.ts'

type Principals = typeof import('../../../shared/services/sessions/principal-service.ts')

let issuer: Issuer
let identify: (token: string) => Promise<string | undefined>
let principals: Principals

beforeEach(async () => {
  // Keys are remembered by the module.
  vi.resetModules()
  principals = await import('../../../shared/services/sessions/principal-service.ts')
  identify = (token) => principals.identify(`Bearer ${token}`)
  issuer = await startIssuer()
  vi.stubEnv('OIDC_ISSUER', issuer.url)
  vi.stubEnv('OIDC_AUDIENCE', `another, ${issuer.audience}`)
  vi.stubEnv('TOKEN_SIGNING_KEY', 'a-key-for-tests-that-is-long-enough')
})

afterEach(async () => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
  await issuer.stop()
})

/** Lets the clock go on, but no timer. */
const later = (milliseconds: number): void => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds })
}

describe('the principal of a token of the issuer', () => {
  it('is the same for the same person, another for any other, and tells neither name nor address', async () => {
    const [one, again, other] = [
      await identify(await issuer.token()),
      await identify(await issuer.token({ expiresIn: 100 })),
      await identify(await issuer.token({ sub: 'person-2' })),
    ]
    expect(one).toMatch(/^oidc_[0-9a-f]{40}$/)
    expect(again).toBe(one)
    expect(other).not.toBe(one)
    expect(issuer.asked()).toBe(1)
  })

  it('differs between issuers that know the same subject', async () => {
    const elsewhere = await startIssuer()
    const here = await identify(await issuer.token())
    vi.stubEnv('OIDC_ISSUER', elsewhere.url)
    expect(await identify(await elsewhere.token())).not.toBe(here)
    await elsewhere.stop()
  })

  it('takes a clock that is a few seconds off', async () => {
    expect(await identify(await issuer.token({ notBefore: 5 }))).toBeDefined()
    expect(await identify(await issuer.token({ expiresIn: -5 }))).toBeDefined()
  })
})

const forgeries: Record<string, () => Promise<string>> = {
  'of another issuer': () => issuer.token({ iss: 'https://elsewhere.example' }),
  'of the issuer with a slash more': () => issuer.token({ iss: `${issuer.url}/` }),
  'for another audience': () => issuer.token({ aud: 'studio-admin' }),
  'that has expired': () => issuer.token({ expiresIn: -60 }),
  'that never expires': () => issuer.token({ expiresIn: null }),
  'that is not good yet': () => issuer.token({ notBefore: 60 }),
  'without a subject': () => issuer.token({ sub: '' }),
  'whose subject is endless': () => issuer.token({ sub: 's'.repeat(300) }),
  'of no algorithm': async () => unsigned(claimsOf(await issuer.token())),
  'that was changed': async () => tampered(await issuer.token(), { sub: 'person-2' }),
  'under the public key as a shared secret': async () =>
    signedWith(await issuer.publicKeyText(), claimsOf(await issuer.token()), { kid: issuer.kid() }),
  'of this deployment itself': () => {
    const claims = { sub: 'user_1', aud: 'launch-studio', exp: 4_000_000_000 }
    return signedWith('a-key-for-tests-that-is-long-enough', claims)
  },
  'that is none': async () => 'abc',
}

it.each(Object.keys(forgeries))('a token %s is refused', async (name) => {
  const token = await (forgeries[name] as () => Promise<string>)()
  await expect(identify(token)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
})

it('nobody is minted a principal, and the answer says where to sign in', () => {
  expect(() => principals.newPrincipal()).toThrow(issuer.url)
})

describe('when the issuer changes its keys', () => {
  it('a token of the new one is good after a look at them, and one of the old one no more', async () => {
    const before = await issuer.token()
    const principal = await identify(before)
    await issuer.rotate()
    const after = await issuer.token()
    later(31_000)
    expect(await identify(after)).toBe(principal)
    expect(issuer.asked()).toBe(2)
    await expect(identify(before)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  })

  it('made-up keys do not make it ask again and again', async () => {
    await identify(await issuer.token())
    await issuer.rotate()
    const unknown = await issuer.token()
    for (let count = 0; count < 20; count += 1) {
      await expect(identify(unknown)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    }
    expect(issuer.asked()).toBe(1)
  })
})

describe('while the issuer does not tell its keys', () => {
  it.each(['failing', 'no keys', 'endless'] as const)(
    'the caller is not told that the token is bad: %s',
    async (state) => {
      const token = await issuer.token()
      issuer.keysAre(state)
      await expect(identify(token)).rejects.toMatchObject({
        code: 'IDENTITY_UNAVAILABLE',
        retryable: true,
      })
      issuer.keysAre('there')
      expect(await identify(token)).toBeDefined()
    },
  )

  it('an answer that never comes ends by itself', async () => {
    const token = await issuer.token()
    issuer.keysAre('hanging')
    await expect(identify(token)).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' })
  })

  it('the same when nothing answers at all', async () => {
    const token = await issuer.token()
    await issuer.stop()
    await expect(identify(token)).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' })
    issuer = await startIssuer()
  })

  it('tokens of known keys stay good', async () => {
    const principal = await identify(await issuer.token())
    issuer.keysAre('failing')
    expect(await identify(await issuer.token())).toBe(principal)
  })
})
