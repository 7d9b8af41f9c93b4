import { describe, expect, it } from 'vitest'
import { networkBehind, networkOf } from '../../../shared/platform/network-address.ts'

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:0002::ffff', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1:2:3:4', 'fe80:0:0:0::/64'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::ffff:cb00:7107', '203.0.113.7'],
    ['2001:db8:1:2:3:4:203.0.113.7', '2001:db8:1:2::/64'],
  ])('%s counts for %s', (address, network) => expect(networkOf(address)).toBe(network))

  it.each(['', 'unknown', '203.0.113', '203.0.113.7:80', '0x7f.1', '[::1]', 'fe80::1%eth0', ':::'])(
    '%j is none',
    (text) => expect(networkOf(text)).toBeUndefined(),
  )

  it('is the same for all addresses of one customer, and another for the next', () => {
    const inside = Array.from({ length: 50 }, (_, host) => networkOf(`2001:db8:1:2::${host}`))
    expect(new Set(inside).size).toBe(1)
    expect(networkOf('2001:db8:1:3::1')).not.toBe(inside[0])
  })
})

describe('where a request came from', () => {
  const proof = '1f0c9a3e-8a1b-11f0-9c2d-0a1b2c3d4e5f'
  const edge = '198.51.100.1'
  const through = (viewer: string, shown: string | undefined = proof) =>
    networkBehind(
      {
        sourceIp: edge,
        headers: {
          'x-forwarded-for': `10.0.0.1, ${viewer}`,
          'x-front-door': shown,
          'cloudfront-viewer-address': viewer,
        },
      },
      proof,
    )

  it('is the viewer that the distribution names, whose port is none of the address', () => {
    expect(through('203.0.113.7:46532')).toBe('203.0.113.7')
    expect(through('2001:db8:1:2::5:46532')).toBe('2001:db8:1:2::/64')
    // As one was seen on the wire.
    expect(through('2406:2d40:728d:fa10::c4a:42838')).toBe('2406:2d40:728d:fa10::/64')
  })

  it.each([
    ['a wrong proof', `${proof.slice(0, -1)}0`],
    ['a shorter one', 'local'],
    ['an empty one', ''],
    ['two at once', `${proof},${proof}`],
    ['none', undefined],
  ])('is the connection itself with %s, whatever the headers say', (_, shown) => {
    const direct = {
      sourceIp: '192.0.2.9',
      headers: {
        'x-front-door': shown,
        'cloudfront-viewer-address': '203.0.113.7:1',
        'x-forwarded-for': '203.0.113.7',
      },
    }
    expect(networkBehind(direct, proof)).toBe('192.0.2.9')
  })

  it('is the connection itself where there is no distribution', () => {
    const headers = { 'x-front-door': 'undefined', 'cloudfront-viewer-address': '203.0.113.7:1' }
    expect(networkBehind({ sourceIp: '192.0.2.9', headers }, undefined)).toBe('192.0.2.9')
  })

  it('is the edge when the distribution names no viewer', () => {
    const headers = { 'x-front-door': proof }
    expect(networkBehind({ sourceIp: edge, headers }, proof)).toBe(edge)
  })

  it.each(['', 'nonsense', ':1', '203.0.113.7'])(
    'is unknown when it names %j, and then shared by all of these',
    (viewer) => expect(through(viewer)).toBeUndefined(),
  )
})
