/** How long a text takes to say, in syllables: Korean exactly, digits and Latin letters by rules of thumb. */

/** Syllables of a whole number read in Korean: 13900 is 만 삼천 구백. */
const numberSyllables = (digits: string): number => {
  const significant = digits.replace(/^0+/, '')
  if (significant === '') return digits.length
  // Longer ones are read digit by digit.
  if (significant.length > 12) return digits.length
  let count = 0
  for (const [index, digit] of [...significant].entries()) {
    const place = significant.length - 1 - index
    if (digit === '0') continue
    const isUnit = place % 4 > 0
    count += (digit === '1' && place > 0 ? 0 : 1) + (isUnit ? 1 : 0)
  }
  // 만, 억: once for each four digits.
  return count + Math.floor((significant.length - 1) / 4)
}

/** Vowels in a row make a syllable; capitals are spelled. */
const latinSyllables = (word: string): number => {
  if (/^\p{Lu}{2,5}$/u.test(word)) return word.length * 1.5
  const vowels = word
    .toLowerCase()
    .replace(/e$/, '')
    .match(/[aeiouyà-öø-ÿ]+/g)
  return Math.max(1, vowels?.length ?? 1)
}

/** Signs that are read: 퍼센트, 앤드 … */
const signs: Readonly<Record<string, number>> = {
  '%': 3,
  '&': 2,
  '+': 3,
  '₩': 1,
  $: 2,
  '℃': 2,
  '@': 2,
}

const piece =
  /\p{Script=Hangul}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|\d+(?:,\d{3})*(?:\.\d+)?|[\p{L}\p{M}]+|[%&+₩$℃@]/gu

const pieceSyllables = (found: string): number => {
  if (/^\d/.test(found)) {
    const [whole = '', decimals = ''] = found.replaceAll(',', '').split('.')
    return numberSyllables(whole) + (decimals === '' ? 0 : 1 + decimals.length)
  }
  if (signs[found] !== undefined) return signs[found]
  if (/^[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u.test(found))
    return 1
  return latinSyllables(found)
}

/** 0 of punctuation and emoji, which are not said. */
export const syllablesOf = (text: string): number => {
  let count = 0
  for (const [found] of text.normalize('NFC').matchAll(piece)) count += pieceSyllables(found)
  return count
}
