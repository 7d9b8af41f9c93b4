/**
 * One form by which addresses are compared. Browsers, search engines, models and the prose around an
 * address spell it in many ways: other escapes, another order of parameters, parameters that count
 * clicks, punctuation of the sentence.
 */

/** UTF-16 units; most servers refuse longer addresses as well. */
const maxLength = 8_192

/** Parameters that name a click, a campaign or a visitor, never the page; in lower case. */
const trackingNames = new Set([
  ...['fbclid', 'gclid', 'gclsrc', 'dclid', 'gbraid', 'wbraid', 'gad_source', 'gad_campaignid'],
  ...['srsltid', 'msclkid', 'yclid', 'twclid', 'ttclid', 'li_fat_id', 'igshid', 'igsh', 'epik'],
  ...['_ga', '_gl', '_hsenc', '_hsmi', '_openstat', 'mc_cid', 'mc_eid', 'mkt_tok', 'vero_id'],
  ...['wickedid', 'rb_clickid', 'cmpid', 's_cid', 'ref_src', 'ref_url', 'spm', 'scm', 'guccounter'],
  ...['guce_referrer', 'guce_referrer_sig', '__twitter_impression', 'phpsessid', 'jsessionid'],
  ...['__hstc', '__hssc', '__hsfp', 'hsctatracking', 'mibextid', 'fb_action_ids', 'fb_source'],
  ...['_branch_match_id', 'irclickid', 'cjevent', 'awc', 'rdt_cid', 'sccid', 'tblci', 'dicbo'],
  ...['s_kwcid', 'ef_id', '_kx', 'elqtrackid', 'xtor', 'wt_mc'],
  // Naver and Kakao.
  ...['n_media', 'n_query', 'n_rank', 'n_ad', 'n_ad_group', 'n_ad_group_type', 'n_keyword'],
  ...['n_keyword_id', 'n_campaign', 'n_campaign_type', 'n_match', 'n_network', 'n_mall_pid'],
  ...['napm', 'kakao_agent', 'airbridge_referrer'],
])
const trackingPrefix = /^(?:utm_|af_|hsa_|pk_|piwik_|mtm_|matomo_|oly_|at_medium$|at_campaign$)/

/** Names that may stand for a page elsewhere: `trk` is a track in a shop for music. */
const siteTracking: [host: RegExp, name: RegExp][] = [
  [/(?:^|\.)blog\.naver\.com$/, /^(?:fromrss|trackingcode|proxyreferer)$/],
  [/(?:^|\.)linkedin\.com$/, /^trk$/],
  [/(?:^|\.)(?:aol|engadget|huffpost|techcrunch|yahoo)\.com$/, /^ncid$/],
]

const isTracking = (name: string, host: string): boolean => {
  const lower = name.toLowerCase()
  if (trackingNames.has(lower) || trackingPrefix.test(lower)) return true
  return siteTracking.some(([site, names]) => site.test(host) && names.test(lower))
}

/** Punctuation that prose puts after an address. A closing bracket counts only without its opening one. */
const gluedMarks = new Set('.,;:!?…。、，．！？·*`\'"‘’“”´«»‹›」』》〉】〕<>|\\')
const brackets = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
  ['）', '（'],
])

const count = (text: string, character: string): number => text.split(character).length - 1

/** How many characters at the end belong to the sentence around the address. */
const gluedLength = (address: string): number => {
  const plain = address.replace(/%28/g, '(').replace(/%29/g, ')')
  const surplus = new Map(
    [...brackets].map(([close, open]) => [close, count(plain, close) - count(plain, open)]),
  )
  let end = address.length
  for (; end > 0; end -= 1) {
    const last = address.charAt(end - 1)
    const unmatched = surplus.get(last)
    if (unmatched === undefined ? !gluedMarks.has(last) : unmatched <= 0) break
    if (unmatched !== undefined) surplus.set(last, unmatched - 1)
  }
  return address.length - end
}

const entities = new Map([
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
  ['lt', '<'],
  ['gt', '>'],
])
const entity = /&(?:(amp|quot|apos|lt|gt)|#0*(38|34|39|60|62)|#x0*(26|22|27|3c|3e));/gi

/** Copied from the source of a page, also of one that was escaped twice. */
const withoutEntities = (address: string): string => {
  for (let text = address; ; ) {
    const decoded = text.replace(entity, (_, name, decimal, hexadecimal) => {
      if (name !== undefined) return entities.get(name.toLowerCase()) ?? ''
      return String.fromCharCode(
        decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal),
      )
    })
    if (decoded === text) return text
    text = decoded
  }
}

/** Escapes of one UTF-8 character; whether it is well-formed, `decodeURIComponent` decides. */
const escapedCharacter =
  /%[0-7][\da-f]|%[cd][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-7](?:%[89ab][\da-f]){3}/gi

const decodedOrSame = (escapes: string): string => {
  try {
    return decodeURIComponent(escapes)
  } catch {
    return escapes
  }
}

/**
 * Bytes that are no UTF-8, as in addresses of older Korean sites, stand as lone surrogates meanwhile:
 * a parsed address holds none, and they survive the normalization beside them.
 */
const lone = 0xdc00

const decoded = (text: string): string =>
  text
    .replace(escapedCharacter, decodedOrSame)
    .replace(/%([89a-f][\da-f])/gi, (_, byte) =>
      String.fromCharCode(lone + Number.parseInt(byte, 16)),
    )
    .normalize('NFC')

/** Characters that stand for themselves; everything else is escaped, so that one spelling remains. */
const plainInPath = /[\w.~!$'()*+,:=@-]/
const plainInQuery = /[\w.~!$'()*,:@/-]/

const encodedWith =
  (plain: RegExp) =>
  (text: string): string =>
    Array.from(text, (character) => {
      if (plain.test(character)) return character
      const code = character.charCodeAt(0)
      if (character.length === 1 && code >= lone + 0x80 && code <= lone + 0xff) {
        return `%${(code - lone).toString(16).toUpperCase()}`
      }
      return encodeURIComponent(character.toWellFormed()).replace(/[!'()*]/g, escapedOf)
    }).join('')

const escapedOf = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase()}`

const inPath = encodedWith(plainInPath)
const inQuery = encodedWith(plainInQuery)

/** Spaces and invisible characters, escaped, which were copied along with an address. */
const blanks = '%20|%09|%0A|%0D|%C2%A0|%E2%80%8[B-F]|%E2%81%A0|%EF%BB%BF|%E3%80%80'
const pathTail = new RegExp(`(?:/|${blanks})+$`)
const valueTail = new RegExp(`(?:${blanks})+$`)

const pathOf = ({ pathname }: URL): string =>
  pathname
    .split('/')
    .map((segment) => inPath(decoded(segment)))
    .join('/')
    .replace(pathTail, '')

const queryOf = ({ search }: URL, host: string): [name: string, value: string][] =>
  search
    .slice(1)
    .split('&')
    .filter((parameter) => parameter !== '')
    .map((parameter): [string, string] => {
      const [name = '', ...value] = parameter.replaceAll('+', '%20').split('=')
      return [inQuery(decoded(name)), inQuery(decoded(value.join('='))).replace(valueTail, '')]
    })
    .filter(([name]) => !isTracking(name, host))
    // Stable: several values of one name keep their order, which may mean something.
    .toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))

/** `co.kr` and the like, under which a name is a site of its own. */
const publicSuffix = /^(?:co|or|go|ne|re|pe|ac|hs|ms|es|com|net|org|gov|edu|mil)\.[a-z]{2}$/
const variantLabel = /^(?:www|m|mobile)$/

/** The host without the label of a variant for the web or for phones: `m.blog.naver.com`, `ko.m.wikipedia.org`. */
const hostOf = ({ hostname }: URL): string => {
  let labels = hostname.replace(/\.+$/, '').split('.')
  for (;;) {
    const at = labels.slice(0, 2).findIndex((label) => variantLabel.test(label))
    const rest = labels.toSpliced(at, 1)
    // Behind another label, it may be the site's own name: `shop.m.kr`.
    const isSite = rest.length < 2 + at || publicSuffix.test(rest.join('.'))
    if (at < 0 || isSite) return labels.join('.')
    labels = rest
  }
}

/**
 * The names that a page's site goes by: its host and those above it, down to the one that is registered;
 * `n.news.naver.com`, `news.naver.com`, `naver.com`.
 */
export const siteNames = (address: string): string[] => {
  const labels = (URL.parse(address)?.hostname ?? '').split('.')
  const registered = publicSuffix.test(labels.slice(-2).join('.')) ? 3 : 2
  const above = labels.slice(0, Math.max(1, labels.length - registered + 1))
  return above.map((_, index) => labels.slice(index).join('.'))
}

/** Naver's blogs show one post under two addresses; search results and readers mix them. */
const naverPost = (query: [name: string, value: string][]): string | null => {
  const { blogId = '', logNo = '' } = Object.fromEntries(query)
  return /^[\w-]+$/.test(blogId) && /^\d+$/.test(logNo) ? `/${blogId}/${logNo}` : null
}

const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/g
const openingMarks = /^[\s<([{"'‘“「『《〈*`]+/
const bareHost = /^(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?=[/?#:]|$)/u

/** Without what was copied along in front of it and within it; punctuation at its end stays. */
const unwrapped = (address: string): string =>
  withoutEntities(address.replace(invisible, '')).replace(openingMarks, '').trimEnd()

const withoutGluedMarks = (text: string): string =>
  text.slice(0, text.length - gluedLength(text)).trimEnd()

const webUrl = (text: string): URL | null => {
  if (text.startsWith('//')) return URL.parse(`https:${text}`)
  return URL.parse(bareHost.test(text) ? `https://${text}` : text)
}

const parsed = (address: string): URL | null =>
  webUrl(withoutGluedMarks(unwrapped(address)).replace(/;jsessionid=[^;/?#]*/gi, ''))

/**
 * The form in which two spellings of one page's address are equal: an https address in ASCII, without
 * fragment, tracking parameters, default port, trailing slash, `www.` and `m.`, with sorted parameters
 * and one spelling of every escape. Applied to itself, it changes nothing. It is for comparing: not
 * every server answers under it. Null when the text is not a web address, has credentials in it, or
 * more than 8,192 UTF-16 units.
 */
export const normalizedUrl = (address: string): string | null => {
  if (address.length > maxLength) return null
  const url = parsed(address)
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return null
  if (url.username !== '' || url.password !== '') return null
  const host = hostOf(url)
  if (host === '') return null
  const port = ['', '80', '443'].includes(url.port) ? '' : `:${url.port}`
  const query = queryOf(url, host)
  const path = pathOf(url)
  const isNaverPost = host === 'blog.naver.com' && /^\/PostView\.(?:naver|nhn)$/i.test(path)
  const post = isNaverPost ? naverPost(query) : null
  const search = query.map(([name, value]) => `${name}=${value}`).join('&')
  const page = post ?? `${path}${search === '' ? '' : `?${search}`}`
  const normal = `https://${host}${port}${page}`
  // What stands here for itself would be taken for punctuation by the next reader.
  return gluedLength(normal) === 0 ? normal : normal.slice(0, -1) + escapedOf(normal.slice(-1))
}

/**
 * The absolute addresses under which a page may be read that stands under this one in prose or in the
 * source of a page, likeliest first: with the punctuation at its end, which is part of some addresses
 * (`/wiki/Apple_Inc.`), then without it. Each has the address's normal form; none when that is null.
 */
export const readableAddresses = (address: string): string[] => {
  const normal = normalizedUrl(address)
  if (normal === null) return []
  const text = unwrapped(address)
  const bare = withoutGluedMarks(text)
  const spellings = [text, bare].flatMap((spelling) => webUrl(spelling)?.href ?? [])
  const site = webUrl(bare)?.host
  const fitting = [...new Set(spellings)].filter(
    (each) => URL.parse(each)?.host === site && normalizedUrl(each) === normal,
  )
  return fitting.length > 0 ? fitting : [new URL(normal).href]
}

const written = /https?:\/\/[^\s<>"'`[\]{}【】「」『』]{1,2000}/gi

/** The first few web addresses within a text, without the words around them. */
export const addressesIn = (text: string): string[] =>
  (text.slice(0, maxLength).match(written) ?? []).slice(0, 4)
