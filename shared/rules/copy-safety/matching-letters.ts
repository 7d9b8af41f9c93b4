import { blank } from '../../contracts/blanks.ts'

/** One character as it is compared, and where the stored text holds it, in UTF-16 units. */
export interface MatchingToken {
  text: string
  start: number
  end: number
}

/** A letter with its marks, of which a text may stack any number; a Hangul syllable in one character or in parts. */
const cluster =
  /[\u1100-\u115e\ua960-\ua97c\uac00-\ud7a3][\u1161-\u11ff\ud7b0-\ud7fb]{0,32}\p{M}{0,32}|.[\p{M}\uff9e\uff9f]{0,32}/gsu

/** Shown as a gap although they are letters or symbols. */
const gap = new RegExp(`^${blank}`, 'v')
const invisible = /[\p{Cf}\p{Cc}\p{Cs}\p{Cn}\p{Co}]|\p{Variation_Selector}/gu
const marks = /\p{M}/gu

const consonants = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'
const vowels = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ'
const finals = ' ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ'
const joinedVowels = new Map([
  ['ㅗㅏ', 'ㅘ'],
  ['ㅗㅐ', 'ㅙ'],
  ['ㅗㅣ', 'ㅚ'],
  ['ㅜㅓ', 'ㅝ'],
  ['ㅜㅔ', 'ㅞ'],
  ['ㅜㅣ', 'ㅟ'],
  ['ㅡㅣ', 'ㅢ'],
])
const firstSyllable = 0xac00

/** Letters of other scripts and shapes that are drawn as Latin ones, in lower case. */
const drawnAsLatin = new Map(
  Object.entries({
    a: 'аαᴀ',
    b: 'ьвβʙ',
    c: 'сᴄϲ',
    d: 'ԁᴅ',
    e: 'еєεᴇ',
    g: 'ɡɢ',
    h: 'һнʜ',
    i: 'іιıɪ',
    j: 'јᴊ',
    k: 'кκᴋ',
    l: 'ӏʟ',
    m: 'мᴍ',
    n: 'пηɴ',
    o: 'оοσᴏ',
    p: 'рρᴘ',
    q: 'ԛ',
    r: 'гʀ',
    s: 'ѕꜱ',
    t: 'тτᴛ',
    u: 'υμᴜ',
    v: 'νѵᴠ',
    w: 'ԝωᴡ',
    x: 'хχ',
    y: 'уγʏ',
    z: 'ᴢζ',
  }).flatMap(([latin, others]) => Array.from(others, (other) => [other, latin] as const)),
)

/** Kana and Chinese characters that stand for a syllable inside a Korean word: `ア토피`, `完치`. */
const readAsHangul = new Map(
  Array.from(
    'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン完治療最高再生美白無藥薬效効果癌毒解消炎症痛抗糖尿病血殺菌豫防脫毛唯一位世界',
    (other, at) =>
      [
        other,
        '아이우에오카키쿠케코사시스세소타치츠테토나니누네노하히후헤호마미무메모야유요라리루레로와은완치료최고재생미백무약약효효과암독해소염증통항당뇨병혈살균예방탈모유일위세계'.charAt(
          at,
        ),
      ] as const,
  ),
)

/** Letters in circles, squares and flags, which have no compatible form. */
const boxedFirst = [0x1f150, 0x1f170, 0x1f1e6]
const unboxed = (character: string): string => {
  const code = character.codePointAt(0) ?? 0
  const first = boxedFirst.find((from) => code >= from && code < from + 26)
  return first === undefined ? character : String.fromCharCode(97 + code - first)
}

/** A single letter of Hangul in its compatible form, whichever of the three it was written in. */
const compatibleJamo = (character: string): string => {
  const code = character.charCodeAt(0)
  if (code >= 0x1100 && code <= 0x1112) return consonants.charAt(code - 0x1100)
  if (code >= 0x1161 && code <= 0x1175) return vowels.charAt(code - 0x1161)
  if (code >= 0x11a8 && code <= 0x11c2) return finals.charAt(code - 0x11a7)
  return character
}

const folded = (found: string): string =>
  unboxed(found.replace(invisible, ''))
    .normalize('NFKD')
    .replace(marks, '')
    .normalize('NFKC')
    .toLowerCase()

const isPlain = (found: string): boolean => /^[a-z가-힣0-9 ]$/.test(found)

const lettersOf = (text: string): MatchingToken[] => {
  const tokens: MatchingToken[] = []
  for (const { 0: found, index: start } of text.matchAll(cluster)) {
    const end = start + found.length
    if (isPlain(found)) tokens.push({ text: found, start, end })
    else if (gap.test(found)) tokens.push({ text: found === '\n' ? '\n' : ' ', start, end })
    else for (const part of folded(found)) tokens.push({ text: compatibleJamo(part), start, end })
  }
  return tokens
}

const isGap = ({ text }: MatchingToken): boolean => !/[\p{L}\p{N}]/u.test(text)
/** What may stand between two letters of one syllable that was taken apart. */
const longestGap = 3

/** The next token that is a letter or a digit, behind at most a short gap. */
const nextLetter = (tokens: readonly MatchingToken[], from: number): number => {
  let at = from
  while (at < from + longestGap && tokens[at] !== undefined && isGap(tokens[at] as MatchingToken))
    at += 1
  return at
}

const isConsonant = (text: string | undefined): boolean =>
  text !== undefined && text !== '' && consonants.includes(text)
const isVowel = (text: string | undefined): boolean =>
  text !== undefined && text !== '' && vowels.includes(text)
const isSyllable = (text: string | undefined): boolean => /^[가-힣]$/.test(text ?? '')
const isOpen = (text: string): boolean =>
  isSyllable(text) && (text.charCodeAt(0) - firstSyllable) % 28 === 0

/** Laughter and the like, which follows a word and belongs to no syllable. */
const interjections = 'ㅋㅎ'

/** The final consonant that follows an open syllable: not the first letter of the next syllable. */
const finalAt = (tokens: readonly MatchingToken[], at: number): number => {
  const consonant = tokens[at]?.text
  if (!isConsonant(consonant) || interjections.includes(consonant ?? '')) return 0
  const after = tokens[nextLetter(tokens, at + 1)]?.text
  if (isVowel(after) || after === consonant) return 0
  return Math.max(0, finals.indexOf(consonant ?? ' '))
}

/** One syllable put together from the letters at this place, or null when they make none. */
const syllableAt = (
  tokens: readonly MatchingToken[],
  first: number,
): { text: string; last: number } | null => {
  const head = tokens[first]?.text ?? ''
  if (isOpen(head)) {
    const final = isSyllable(tokens[first + 2]?.text) ? finalAt(tokens, first + 1) : 0
    const text = String.fromCharCode(head.charCodeAt(0) + final)
    return final === 0 ? null : { text, last: first + 1 }
  }
  if (!isConsonant(head)) return null
  let last = nextLetter(tokens, first + 1)
  let vowel = tokens[last]?.text ?? ''
  if (!isVowel(vowel)) return null
  const second = nextLetter(tokens, last + 1)
  const joined = joinedVowels.get(vowel + (tokens[second]?.text ?? ''))
  if (joined !== undefined) {
    vowel = joined
    last = second
  }
  const next = nextLetter(tokens, last + 1)
  const final = finalAt(tokens, next)
  const code = firstSyllable + (consonants.indexOf(head) * 21 + vowels.indexOf(vowel)) * 28 + final
  return { text: String.fromCharCode(code), last: final === 0 ? last : next }
}

const withSyllables = (tokens: readonly MatchingToken[]): MatchingToken[] => {
  const joined: MatchingToken[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as MatchingToken
    const syllable = syllableAt(tokens, at)
    if (syllable === null) joined.push(token)
    else {
      const end = tokens[syllable.last]?.end ?? token.end
      joined.push({ text: syllable.text, start: token.start, end })
      at = syllable.last
    }
  }
  return joined
}

/** Inside a word that is otherwise Korean, or a word of the list throughout: `完治`. */
const withHangulReadings = (tokens: MatchingToken[]): MatchingToken[] => {
  for (let at = 0; at < tokens.length; ) {
    let end = at
    while (/^[가-힣ぁ-ヿ一-鿿]$/.test(tokens[end]?.text ?? '')) end += 1
    const word = tokens.slice(at, end)
    const others = word.filter(({ text }) => !isSyllable(text))
    if (others.length > 0 && others.every(({ text }) => readAsHangul.has(text)))
      for (const token of others) token.text = readAsHangul.get(token.text) ?? token.text
    at = Math.max(end, at + 1)
  }
  return tokens
}

const otherLetter = /^(?![a-z가-힣ㄱ-ㅣ])\p{L}$/u

/** Words of Latin letters in which letters of other scripts stand in for them. */
const withoutLookalikes = (tokens: MatchingToken[]): MatchingToken[] => {
  for (let at = 0; at < tokens.length; ) {
    let end = at
    while (/^(?![가-힣ㄱ-ㅣ])\p{L}$/u.test(tokens[end]?.text ?? '')) end += 1
    const word = tokens.slice(at, end)
    const others = word.filter(({ text }) => otherLetter.test(text))
    const allDrawnAlike = others.every(({ text }) => drawnAsLatin.has(text))
    if (others.length > 0 && allDrawnAlike)
      for (const token of others) token.text = drawnAsLatin.get(token.text) ?? token.text
    at = Math.max(end, at + 1)
  }
  return tokens
}

/** The characters of a text without the tricks that hide a word from a search, in linear time. */
export const matchingTokens = (text: string): MatchingToken[] =>
  withoutLookalikes(withHangulReadings(withSyllables(lettersOf(text))))
