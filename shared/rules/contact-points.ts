/**
 * Ways to reach a reader's money, mail or browser that a text may carry: web addresses, mail addresses,
 * telephone numbers, names on messengers. An agent has no reason to write one that the user did not.
 */

/** Letters of other scripts that are drawn like Latin ones. */
const lookalikes = new Map(
  Object.entries({
    а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', ј: 'j', ѕ: 's', ԁ: 'd', һ: 'h',
    ո: 'n', ա: 'w', α: 'a', ο: 'o', ν: 'v', ρ: 'p', τ: 't', ι: 'i', κ: 'k', η: 'n', υ: 'u', χ: 'x',
    м: 'm', т: 't', к: 'k', в: 'b', н: 'h', ꞌ: "'", '。': '.', '．': '.', '｡': '.', '․': '.',
  }),
) // biome-ignore format: pairs read best in rows

/** Zeros of the digits that NFKC leaves as they are: Arabic, Persian, Hindi, Bengali, Thai. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50]

const digitsFrom = (zero: number): string =>
  `${String.fromCodePoint(zero)}-${String.fromCodePoint(zero + 9)}`
const foldable = new RegExp(`[${[...lookalikes.keys(), ...zeros.map(digitsFrom)].join('')}]`, 'gu')

const folded = (character: string): string => {
  const known = lookalikes.get(character)
  if (known !== undefined) return known
  const point = character.codePointAt(0) ?? 0
  const zero = zeros.find((each) => point >= each && point <= each + 9)
  return zero === undefined ? character : `${point - zero}`
}

const entities: Readonly<Record<string, string>> = {
  lt: '<', gt: '>', amp: '&', colon: ':', period: '.', sol: '/', commat: '@', lpar: '(', lsqb: '[',
} // biome-ignore format: pairs read best in rows

const ascii = (code: number, otherwise: string): string =>
  code > 0x20 && code < 0x7f ? String.fromCharCode(code) : otherwise

/** Signs that are written as entities of HTML, in percent or as escapes of JavaScript. */
const unescaped = (text: string): string =>
  /[&%\\]/.test(text)
    ? text
        .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?/gi, (all, hex?: string, decimal?: string) =>
          ascii(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16), all),
        )
        .replace(/&([a-z]{2,6});/gi, (all, name: string) => entities[name.toLowerCase()] ?? all)
        .replace(
          /%(2e|2f|3a|3c|3e|40)|\\(?:u00|x)([2-7][0-9a-f])/gi,
          (all, one?: string, two?: string) => ascii(Number.parseInt(one ?? two ?? '', 16), all),
        )
    : text

const fold = (text: string): string =>
  unescaped(text.normalize('NFKC'))
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(foldable, folded)

/** The last text that was folded: every rule for a text looks at it, one after the other. */
let latest = { text: '', folded: '' }

/** The text as it is matched: compatible forms in lower case, unescaped, without what is invisible. */
export const foldedText = (text: string): string => {
  if (text !== latest.text) latest = { text, folded: fold(text) }
  return latest.folded
}

/** Endings under which shops and traps are registered; a sentence without its space is none of them. */
const endings =
  'com|net|org|info|biz|kr|io|ai|app|dev|shop|store|site|online|xyz|top|link|click|page|website|live|vip|club|fun|icu|buzz|gg|ly|tv|cc|co|us|uk|eu|jp|cn|ru|de|fr|su|tk|gl|me|pro|tech|cloud|blog|bank|finance|loan|win|mobi|asia|zip|mov|pф|中国|中國|example|test|localhost|onion|한국|닷컴|닷넷'

const hangulDigits = '공일이삼사오육칠팔구'
const spokenNumber = /[공영]\s?일\s?[공영](?:[\s,.-]{0,3}[공영일이삼사오육륙칠팔구]){7,8}/gu

const spokenDot = new RegExp(
  `(?<=[a-z0-9])\\s(?:dot|닷|점)\\s(?=(?:${endings})(?![\\p{L}\\p{N}]))`,
  'gu',
)

/** `evil[.]com`, `evil(dot)com`, `evil dot com`, `e v i l . c o m`, `hxxp://`, `공일공 …`. */
const disarmed = (text: string): string =>
  text
    .replace(/(?<![a-z0-9])(?:[a-z0-9@.:/_-] ){4,60}[a-z0-9](?![a-z0-9])/g, (run) =>
      run.replaceAll(' ', ''),
    )
    .replace(/\s?[[({]\s?(?:\.|dot|점|닷)\s?[\])}]\s?/g, '.')
    .replace(spokenDot, '.')
    .replace(/(?<=[a-z0-9])(?:\s\.\s?|[‧•∙⋅·・])(?=(?:com|net|org|kr|co\.kr)(?![a-z0-9]))/g, '.')
    .replace(/\bhxxp/g, 'http')
    .replace(/(?<![a-z0-9])(?:o1[o0]|01o)(?=[\s-]?\d{3,4}[\s-]?\d{4})/g, '010')
    .replace(spokenNumber, (run) =>
      run
        .replace(/[영륙]/g, (digit) => (digit === '영' ? '공' : '육'))
        .replace(/[가-힣]/g, (digit) => `${hangulDigits.indexOf(digit)}`),
    )

const label = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}_-]{0,61}[\\p{L}\\p{N}])?'
const path = '(?::\\d{1,5})?(?:[/?#][^\\s<>"\'`\\])}」』]{0,500})?'
const addresses = [
  // Any scheme: `https://`, `intent://`, `ftp://`.
  /[a-z][a-z0-9+.-]{1,30}:\/\/[^\s<>"'`\])}」』]{1,500}/gu,
  /\b(?:javascript|vbscript|mailto|https?|kakaotalk):(?=[^\s])[^\s<>"'`\])}」』]{1,500}/gu,
  // `data:base`, `line:up` are words.
  /\b(?:(?:tel|sms):\+?\d|data:(?:[a-z]+\/|[,;])|tg:[a-z]+\?)[^\s<>"'`\])}」』]{0,500}/gu,
  /[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,24}/gu,
  new RegExp(
    `(?<![\\p{L}\\p{N}@._-])(?:${label}\\.){1,6}(?:${endings})(?![a-z0-9_-]|\\.[a-z])${path}`,
    'gu',
  ),
  // Endings in Hangul, which a particle would follow in a sentence without its space.
  new RegExp(
    `(?<![\\p{L}\\p{N}@._-])(?:${label}\\.){1,6}(?:한국|닷컴|닷넷)(?![\\p{L}\\p{N}_-])${path}`,
    'gu',
  ),
  // Any other ending, by the path behind it: `t.me/name`.
  /(?<![\p{L}\p{N}@._-])[\p{L}\p{N}-]{1,63}\.[a-z]{2,24}\/[a-z0-9@+~][^\s<>"'`\])}」』]{0,500}/gu,
  // A version has four numbers as well.
  /(?<![\d.]|\bv|\b(?:ver|version|버전)\.?\s?)(?:\d{1,3}\.){3}\d{1,3}(?![\d.]|\s?버전)(?::\d{1,5})?(?:\/[^\s<>"']{0,500})?/gu,
  // Names of other scripts as they are registered.
  /(?<![\p{L}\p{N}@._-])(?:[a-z0-9-]{1,63}\.){0,4}xn--[a-z0-9-]{1,59}(?:\.[a-z0-9-]{1,63}){0,4}(?:[/?#][^\s<>"']{0,500})?/gu,
  // Wallets.
  /(?<![a-z0-9])(?:bc1[a-z0-9]{25,60}|0x[0-9a-f]{40})(?![a-z0-9])/gu,
]

const gap = '[\\s.·)(\\-‐-―−~/]{0,3}'
/** Between the groups of a mobile number, which nothing else looks like. */
const wideGap = '[\\s.·・)(\\-‐-―−~/_*,:|]{0,3}'
const numbers = [
  // Mobile, area code, internet telephone; a national number behind +82.
  new RegExp(
    `(?<![\\d.])(?:\\+?82${gap}\\(?0?|0)1[016-9]${wideGap}\\d{3,4}${wideGap}\\d{4}(?!\\d)`,
    'gu',
  ),
  new RegExp(
    `(?<![\\d.])(?:\\+?82${gap}|0)(?:2|[3-6]\\d|70|50\\d?)${gap}\\d{3,4}${gap}\\d{4}(?!\\d)`,
    'gu',
  ),
  /(?<![\d.,])1[568]\d{2}[\s‐-―−-]\d{4}(?!\d|\s?(?:원|ml|g|년|명|개))/gu,
  /(?<![\d.,])0[68]0[\s-]?\d{3}[\s-]?\d{4}(?!\d)/gu,
  /\+\d{1,3}[\s.-]?(?:\(?\d{1,4}\)?[\s.-]?){2,5}\d{2,4}(?!\d)/gu,
  /\(\d{3}\)\s?\d{3}-\d{4}(?!\d)/gu,
  /(?<![\d.,])0\d{2,4}\s\d{4}\s\d{4}(?!\d)|(?<![\d.,])0\d{4}\s\d{6}(?!\d)/gu,
  // Accounts: three groups and more, ten digits at least; a date has eight.
  /(?<![\d-]|\+\d{1,3}\s?)(?=(?:\d-?){10})\d{2,6}-\d{2,6}-\d{4,8}(?:-\d{1,4})?(?![\d-])/gu,
  /(?<=(?:은행|뱅크|계좌|입금|신한|국민|농협|우체국)[^\d\n]{0,8})\d{10,14}(?!\d)/gu,
  /(?<!\d)\d{10,14}(?=\s?[가-힣]{0,5}(?:은행|뱅크))/gu,
]

const unambiguous = '텔레그램|telegram|카카오톡|카톡|kakaotalk|위챗|wechat|왓츠앱|whatsapp'
const names = [
  new RegExp(`(?:${unambiguous})[\\s:]{0,3}[@:]\\s{0,2}[a-z0-9_.-]{3,40}`, 'gu'),
  // "Line: Camellia" is a range of products: these are messengers with an id or an at sign.
  /(?:라인|(?<![a-z])line|kakao|카카오|디스코드|discord)[\s:]{0,3}@\s{0,2}[a-z0-9_.-]{3,40}/gu,
  new RegExp(
    `(?:${unambiguous}|라인|(?<![a-z])line|kakao|카카오|디스코드|discord)\\s{0,3}(?:id|아이디)[\\s:@]{1,4}[a-z0-9_.-]{3,40}`,
    'gu',
  ),
  /(?<![\p{L}\p{N}._%+-])@[a-z0-9_][a-z0-9_.]{1,38}[a-z0-9_]/gu,
]

const digitsOf = (text: string): string =>
  text.replace(/\D/g, '').replace(/^(?:82)(?=1|2|[3-7])/, '0')

/** One of the user's, also with the next figure of the sentence: `+82 10-1234-5678 24시간`. */
const isKnown = (number: string, known: readonly string[]): boolean =>
  known.includes(digitsOf(number)) || known.includes(digitsOf(number.replace(/\s\d{1,4}$/, '')))

const bare = (address: string): string =>
  address
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[.,;:!?'")\]]+$/, '')
    // A particle that follows without a space.
    .replace(/(?<=[a-z0-9/=_-])[가-힣]+$/u, '')
    .replace(/\/+$/, '')

/** What every address has, and every number: most texts have neither, and the patterns cost a hundred times more. */
const mayHoldAddress = /\.[\p{L}\p{N}]|@|:\S|xn--|bc1|0x/u
const mayHoldNumber = /\d\D{0,3}\d\D{0,3}\d\D{0,3}\d\D{0,3}\d\D{0,3}\d\D{0,3}\d/u
const mayHoldName = /[@:]|id|아이디/

const matches = (text: string, patterns: readonly RegExp[]): string[] =>
  patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([found]) => found))

/** The addresses of the user's texts, and the sites that they are of. */
const knownAddresses = (texts: readonly string[]): ReadonlySet<string> => {
  const known = texts.flatMap((text) => matches(text, addresses)).map(bare)
  return new Set([...known, ...known.map((address) => address.replace(/[:/?#].*$/u, ''))])
}

/** Longest text that is looked at, in UTF-16 units; every text of an agent is shorter. */
const maxLength = 20_000

/**
 * The contact points in a text that do not stand in `own`, what the user wrote. An address counts as
 * the user's only as a whole: another path or query of the same site is another address.
 */
export const foreignContacts = (text: string, own: readonly string[]): string[] => {
  const read = disarmed(foldedText(text.slice(0, maxLength)))
  const addressed = mayHoldAddress.test(read) ? matches(read, addresses) : []
  const numbered = mayHoldNumber.test(read) ? matches(read, numbers) : []
  const named = mayHoldName.test(read) ? matches(read, names) : []
  if (addressed.length + numbered.length + named.length === 0) return []
  const known = own.map((each) => disarmed(foldedText(each.slice(0, maxLength))))
  const knownSites = knownAddresses(known)
  const knownDigits = known.flatMap((each) => matches(each, numbers).map(digitsOf))
  return [
    ...addressed.filter((address) => !knownSites.has(bare(address))),
    ...numbered.filter((number) => !isKnown(number, knownDigits)),
    ...named.filter(
      (name) => !known.some((each) => each.includes(name.replace(/^.*(?:[@:]|id|아이디)\s*/u, ''))),
    ),
  ]
}

const mail = /[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,24}/u

/** Whether a text names a telephone, an account or a mailbox: what may not leave for another company. */
export const namesPerson = (text: string): boolean => {
  const read = foldedText(text.slice(0, maxLength))
  return mail.test(read) || matches(read, numbers).length > 0
}
