import { describe, expect, it } from 'vitest'
import {
  assetFileName,
  downloadDisposition,
  namePart,
} from '../../../shared/rules/media/asset-names.ts'

const named = (product: string) =>
  assetFileName({
    product,
    asset: { asset_type: 'poster', placement: 'instagram_feed_4x5', poster_spec_id: 's1' },
    role: 'poster',
    extension: 'jpg',
  })

/** What a client that knows RFC 8187 makes of the header. */
const downloaded = (header: string): string =>
  decodeURIComponent(/filename\*=UTF-8''(\S+)$/.exec(header)?.[1] ?? '')

describe('the name of a file', () => {
  it.each([
    ['동백 핸드크림', '동백_핸드크림-poster-s1-instagram_feed_4x5.jpg'],
    // Decomposed, as macOS types it.
    ['동백'.normalize('NFD'), '동백-poster-s1-instagram_feed_4x5.jpg'],
    ['50% "off" \\ <b>', '50%_off_b-poster-s1-instagram_feed_4x5.jpg'],
    ['../../etc/passwd', 'etc_passwd-poster-s1-instagram_feed_4x5.jpg'],
    ['CON', '_CON-poster-s1-instagram_feed_4x5.jpg'],
    ['...', 'launch-poster-s1-instagram_feed_4x5.jpg'],
    // What joins signs into one stays; what turns or hides text does not.
    ['👨‍👩‍👧', '👨‍👩‍👧-poster-s1-instagram_feed_4x5.jpg'],
    [
      '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
      '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}-poster-s1-instagram_feed_4x5.jpg',
    ],
    ['می\u200cخواهم', 'می\u200cخواهم-poster-s1-instagram_feed_4x5.jpg'],
    ['\u202egnp.exe\u202c 크림', 'gnp.exe_크림-poster-s1-instagram_feed_4x5.jpg'],
    ['\u200d.\u200c', 'launch-poster-s1-instagram_feed_4x5.jpg'],
    ['12345', '12345-poster-s1-instagram_feed_4x5.jpg'],
  ])('is safe on every system: %s', (product, name) => {
    expect(named(product)).toBe(name)
  })

  it('is short enough, and breaks no character', () => {
    const long = named('가'.repeat(300))
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(255)
    expect(long.isWellFormed()).toBe(true)
    expect(namePart('👍🏽'.repeat(80))).not.toContain('�')
  })

  it('goes into a header and comes out of it as it was', () => {
    for (const product of ['동백 핸드크림', "50% 'off' (*)", 'a\u0301 é', '"; filename=x']) {
      const name = named(product)
      const header = downloadDisposition(name)
      expect(header).toMatch(
        /^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[\x21-\x7e]+$/,
      )
      expect(header.match(/"/g)).toHaveLength(2)
      expect(downloaded(header)).toBe(name)
    }
  })
})
