import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEntryNames } from '../../../shared/rules/export/entry-names.ts'

describe('names in an archive', () => {
  it('keep what every file system can hold, and nothing else', () => {
    const names = createEntryNames()
    expect(names.take('동백 핸드크림.png', 'posters')).toBe('posters/동백 핸드크림.png')
    expect(names.take('동백 핸드크림.png'.normalize('NFD'), 'posters')).toBe(
      'posters/동백 핸드크림 (2).png',
    )
    expect(names.take('../../etc/passwd')).toBe('etc passwd')
    expect(names.take('CON.txt')).toBe('_CON.txt')
    expect(names.take('a:b*c?"d<e>f|g\\h.jpg')).toBe('a b c d e f g h.jpg')
    expect(names.take('.hidden')).toBe('hidden')
    expect(names.take('')).toBe('file')
    expect(names.take('A.png')).toBe('A.png')
    expect(names.take('a.PNG')).toBe('a (2).PNG')
  })

  it('are whole graphemes of 255 bytes at most', () => {
    const name = createEntryNames().take(`${'👩‍👩‍👧‍👦'.repeat(40)}.png`)
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255)
    expect(name).toMatch(/\.png$/)
    expect(name.normalize('NFC')).toBe(name)
  })

  it('are safe and unique whatever the words are', () => {
    const words = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom('..', 'nul', 'COM1.png', '/', '가'.repeat(200), '-'.repeat(300), ' . '),
      ),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(words, (given) => {
        const names = createEntryNames()
        const paths = given.map((name) => names.take(name, 'films'))
        expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length)
        for (const path of paths) {
          const [folder, name = '', ...rest] = path.split('/')
          expect([folder, rest]).toEqual(['films', []])
          expect(name).not.toMatch(/[\\:*?"<>|\p{Cc}]|\.\.|^[. ]|[. ]$/u)
          expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i)
          expect(name).not.toBe('')
          expect(name.isWellFormed()).toBe(true)
          expect(name.normalize('NFC')).toBe(name)
          expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255)
        }
      }),
    )
  })
})
