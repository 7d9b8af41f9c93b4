import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { afterEach, expect, it, vi } from 'vitest'
import { addressOf } from '../../../shared/services/limits/address-of.ts'

afterEach(() => vi.unstubAllEnvs())

const from = (sourceIp: string, headers: Record<string, string> = {}) =>
  addressOf({
    headers,
    requestContext: { http: { sourceIp } },
  } as unknown as APIGatewayProxyEventV2)

it('an address is kept as a keyed hash that tells nothing of it', async () => {
  vi.stubEnv('TOKEN_SIGNING_KEY', 'one key')
  const hash = await from('203.0.113.7')
  expect(hash).toMatch(/^[\w-]{22}$/)
  expect(await from('203.0.113.7')).toBe(hash)
  expect(await from('203.0.113.8')).not.toBe(hash)
  vi.stubEnv('TOKEN_SIGNING_KEY', 'another key')
  expect(await from('203.0.113.7')).not.toBe(hash)
})

it('neighbours in one IPv6 network share it, and so do all that have none', async () => {
  vi.stubEnv('TOKEN_SIGNING_KEY', 'one key')
  expect(await from('2001:db8:1:2::1')).toBe(await from('2001:db8:1:2:ffff::9'))
  expect(await from('2001:db8:1:2::1')).not.toBe(await from('2001:db8:1:3::1'))
  expect(await from('')).toBe(await from('unknown'))
})

it('the distribution is believed by its proof, with which a deployment without a signing key hashes too', async () => {
  vi.stubEnv('TOKEN_SIGNING_KEY', '')
  vi.stubEnv('FRONT_DOOR_PROOF', '1f0c9a3e-8a1b-11f0-9c2d-0a1b2c3d4e5f')
  const shown = {
    'x-front-door': '1f0c9a3e-8a1b-11f0-9c2d-0a1b2c3d4e5f',
    'cloudfront-viewer-address': '203.0.113.7:443',
  }
  expect(await from('198.51.100.1', shown)).toBe(await from('203.0.113.7'))
  const forged = { ...shown, 'x-front-door': 'local' }
  expect(await from('198.51.100.1', forged)).toBe(await from('198.51.100.1'))
})
