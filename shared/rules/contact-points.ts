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

/** The text as it is matched: compatible forms in lower case, without what is invisible. */
export const foldedText = (text: string): string =>
  Array.from(
    text
      .normalize('NFKC')
      .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '')
      .toLowerCase(),
    (character) => lookalikes.get(character) ?? character,
  ).join('')

/** Endings under which shops and traps are registered; a sentence without its space is none of them. */
const endings =
  'com|net|org|info|biz|kr|io|ai|app|dev|shop|store|site|online|xyz|top|link|click|page|website|live|vip|club|fun|icu|buzz|gg|ly|tv|cc|co|us|uk|eu|jp|cn|ru|de|fr|example|test|localhost|onion|한국|닷컴|닷넷'

/** `evil[.]com`, `evil(dot)com`, `evil dot com`, `hxxp://`. */
const disarmed = (text: string): string =>
  text
    .replace(/\s?[[({]\s?(?:\.|dot|점|닷)\s?[\])}]\s?/g, '.')
    .replace(
      new RegExp(`(?<=[a-z0-9])\\s(?:dot|닷)\\s(?=(?:${endings})(?![\\p{L}\\p{N}]))`, 'gu'),
      '.',
    )
    .replace(/\bhxxp/g, 'http')

const label = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}_-]{0,61}[\\p{L}\\p{N}])?'
const path = '(?::\\d{1,5})?(?:[/?#][^\\s<>"\'`\\])}」』]{0,500})?'
const addresses = [
  // Any scheme: `https://`, `intent://`, `ftp://`.
  /[a-z][a-z0-9+.-]{1,30}:\/\/[^\s<>"'`\])}」』]{1,500}/gu,
  /\b(?:javascript|vbscript|mailto|tel|sms|data|kakaotalk|tg|line):(?=[^\s])[^\s<>"'`\])}」』]{1,500}/gu,
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
  /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])(?::\d{1,5})?(?:\/[^\s<>"']{0,500})?/gu,
]

const gap = '[\\s.·)(\\-‐-―−~/]{0,3}'
const numbers = [
  // Mobile, area code, internet telephone; a national number behind +82.
  new RegExp(`(?<![\\d.])(?:\\+?82${gap}\\(?0?|0)1[016-9]${gap}\\d{3,4}${gap}\\d{4}(?!\\d)`, 'gu'),
  new RegExp(
    `(?<![\\d.])(?:\\+?82${gap}|0)(?:2|[3-6]\\d|70|50\\d?)${gap}\\d{3,4}${gap}\\d{4}(?!\\d)`,
    'gu',
  ),
  /(?<![\d.,])1[568]\d{2}[\s-]\d{4}(?!\d|\s?(?:원|ml|g|년|명|개))/gu,
  /(?<![\d.,])0[68]0[\s-]?\d{3}[\s-]?\d{4}(?!\d)/gu,
  /\+\d{1,3}[\s.-]?(?:\(?\d{1,4}\)?[\s.-]?){2,5}\d{2,4}(?!\d)/gu,
  // Accounts: three groups and more, ten digits at least.
  /(?<![\d-])\d{2,6}-\d{2,6}-\d{4,8}(?:-\d{1,4})?(?![\d-])/gu,
]

const names = [
  /(?:텔레그램|telegram|카카오톡|카톡|kakaotalk|kakao|위챗|wechat|왓츠앱|whatsapp|라인|line|디스코드|discord)[\s:]{0,3}(?:id|아이디)?[\s:]{0,3}[@:]\s{0,2}[a-z0-9_.-]{3,40}/gu,
  /(?<![\p{L}\p{N}._%+-])@[a-z0-9_][a-z0-9_.]{1,38}[a-z0-9_]/gu,
]

const digitsOf = (text: string): string =>
  text.replace(/\D/g, '').replace(/^(?:82)(?=1|2|[3-7])/, '0')
const bare = (address: string): string =>
  address
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[.,;:!?'")\]]+$/, '')
    // A particle that follows without a space.
    .replace(/(?<=[a-z0-9/=_-])[가-힣]+$/u, '')
    .replace(/\/+$/, '')

/** What every address has, and every number: most texts have neither, and the patterns cost a hundred times more. */
const mayHoldAddress = /\.[\p{L}\p{N}]|@|:\S/u
const mayHoldNumber = /\d\D{0,3}\d\D{0,3}\d\D{0,3}\d\D{0,3}\d\D{0,3}\d\D{0,3}\d/u
const mayHoldName = /[@:]/

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
    ...numbered.filter((number) => !knownDigits.includes(digitsOf(number))),
    ...named.filter(
      (name) => !known.some((each) => each.includes(name.replace(/^.*[@:]\s*/u, ''))),
    ),
  ]
}

const mail = /[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,24}/u

/** Whether a text names a telephone, an account or a mailbox: what may not leave for another company. */
export const namesPerson = (text: string): boolean => {
  const read = foldedText(text.slice(0, maxLength))
  return mail.test(read) || matches(read, numbers).length > 0
}
