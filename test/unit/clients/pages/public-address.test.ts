import { describe, expect, test } from 'vitest'
import { pinnedLookup } from '../../../../shared/clients/pages/page-request.ts'
import {
  connectableAddress,
  type HostAddress,
  isPublicAddress,
} from '../../../../shared/clients/pages/public-address.ts'

const { signal } = new AbortController()

describe('an address of the public internet', () => {
  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '223.130.192.247',
    '2606:4700:4700::1111',
    '2001:4860:4860::8888',
  ])('%s', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
})

describe('no address of the public internet', () => {
  test.each([
    ['this network', '0.0.0.0', '0.1.2.3', '::'],
    ['loopback', '127.0.0.1', '127.255.255.254', '::1'],
    [
      'private',
      '10.0.0.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      'fd12:3456::1',
      'fec0::1',
    ],
    ['link-local', '169.254.1.1', 'fe80::1', 'fe80::1%eth0'],
    [
      'metadata',
      '169.254.169.254',
      '169.254.170.2',
      'fd00:ec2::254',
      '100.100.100.200',
      '168.63.129.16',
      '192.0.0.192',
    ],
    ['shared', '100.64.0.1', '100.127.255.255'],
    ['multicast', '224.0.0.1', '239.255.255.255', 'ff02::1'],
    [
      'reserved',
      '240.0.0.1',
      '255.255.255.255',
      '192.0.2.1',
      '198.18.0.1',
      '198.51.100.1',
      '203.0.113.1',
      '2001:db8::1',
      '3fff::1',
      '100::1',
      '5f00::1',
      '4000::1',
    ],
    [
      'IPv4 inside',
      '::ffff:8.8.8.8',
      '::ffff:127.0.0.1',
      '::7f00:1',
      '64:ff9b::a9fe:a9fe',
      '64:ff9b:1::1',
      '2002:7f00:1::',
      '2001::1',
      '::ffff:0:127.0.0.1',
    ],
    ['none at all', '', 'localhost', '256.1.1.1', '1.2.3'],
  ])('%s', (_, ...addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([])
  })
})

describe('the address that a connection goes to', () => {
  const publicAddress: HostAddress = { address: '8.8.8.8', family: 4 }
  const of = (...addresses: HostAddress[]) => {
    const asked: string[] = []
    const resolve = async (hostname: string) => {
      asked.push(hostname)
      return addresses
    }
    const network = { resolve, allowLoopback: true }
    return { asked, chosen: connectableAddress('a.example', network, signal) }
  }

  test('is chosen from one resolution, IPv4 first', async () => {
    const { asked, chosen } = of({ address: '2606:4700::1', family: 6 }, publicAddress)
    expect(await chosen).toEqual(publicAddress)
    expect(asked).toEqual(['a.example'])
  })

  test.each(['127.0.0.1', '10.0.0.1', '169.254.169.254'])(
    'is none when one of them is %s',
    async (address) => {
      const { chosen } = of(publicAddress, { address, family: 4 })
      await expect(chosen).rejects.toMatchObject({ reason: 'private-address' })
    },
  )

  test('is none when there is no answer', async () => {
    await expect(of().chosen).rejects.toMatchObject({ reason: 'unknown-host' })
  })

  test('is used whatever the name resolves to later', () => {
    const answers: unknown[] = []
    const lookup = pinnedLookup(publicAddress)
    lookup('a.example', {}, (...answer) => answers.push(answer))
    lookup('a.example', { all: true }, (...answer) => answers.push(answer))
    expect(answers).toEqual([
      [null, '8.8.8.8', 4],
      [null, [publicAddress]],
    ])
  })
})
