import { environmentNames, searchKeyNames } from './environment-names.ts'

/** What stands in a line for what was taken out of it. */
const mask = '…'
/** Stands for it while a text is normalized, which would make three dots of it. */
const maskMeanwhile = '\ue000'
/** Characters of a text that are read; what is longer is cut before. */
const maxRead = 4_000

/** Characters that are not seen, or that only choose how their neighbour is drawn. */
const invisible = /[\p{Cf}\p{Cc}\p{Mn}\p{Default_Ignorable_Code_Point}\u3164\uffa0]/gu
/** Signs between the digits of a number, whatever the script: a few in a row. */
const between = String.raw`[\s\p{P}\p{S}]{0,3}`
/** Fewer digits in a row are counts, codes and times; the shortest telephone number has seven. */
const minDigits = 7
const spoken =
  '[공영령빵일이삼사오육륙칠팔구〇零一二三四五六七八九]|\\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\\b'

/** Ids that we make, which say nothing of a person; a principal's is none of them. */
const ourId = '(?:sess|run|job|req|lease|upload|asset)_[0-9a-z]{26}(?![0-9a-z])'

const privateParts = [
  // Keys and tokens: by their prefix, by the word before them, and by looking like nothing that is read.
  String.raw`\b(?:sk|pk|rk|gsk|xai|hf)[-_][\w.*-]{4,}`,
  String.raw`\b(?:bearer|basic)\s+\S+`,
  String.raw`\beyJ[\w.-]{10,}`,
  String.raw`\b(?:authorization|api[-_ ]?key|token|secret|password|passwd|ticket|signature|credential)["']?\s{0,2}[=:]\s{0,2}["']?[^\s"',;&)]+`,
  String.raw`\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b`,
  String.raw`(?<![\w-])(?=[\w-]{0,200}\d)(?=[\w-]{0,200}[A-Za-z])[\w-]{24,}`,
  // Addresses: of people, and of machines.
  String.raw`[^\s<>"'(),:;@]{1,64}\s?@\s?[^\s<>"'(),:;@]{1,250}\.\p{L}{2,20}`,
  String.raw`\b\d{1,3}(?:\.\d{1,3}){3}\b`,
  String.raw`(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])`,
  // Numbers: telephone, resident registration, card, account, in all spacings.
  String.raw`\d(?:${between}\d){${minDigits - 1},}`,
  `(?:${spoken})(?:${between}(?:${spoken})){${minDigits - 1},}`,
]
const privatePart = new RegExp(`(${ourId})|${privateParts.join('|')}`, 'giu')

/** An address of the web tells what was read or sent; who was asked is enough. */
const webAddress = /\b((?:https?|wss?):\/\/)(?:[^\s/?#"'<>]*@)?([^\s/?#"'<>@]*)[^\s"'<>]*/gi

const isDigit = (point: number): boolean => /\p{Nd}/u.test(String.fromCodePoint(point))

/** A digit of any script as the one of ASCII: the digits of a script are neighbours, from 0 to 9. */
const asciiDigit = (digit: string): string => {
  const point = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && isDigit(point - value - 1)) value += 1
  return String(value)
}

/** A text as it is compared: one form per character, nothing invisible, ASCII digits. */
const canonical = (text: string): string =>
  text
    .slice(0, maxRead)
    .toWellFormed()
    .normalize('NFKC')
    .replace(/[\s\p{Z}]/gu, ' ')
    .replace(invisible, '')
    .replace(/(?![0-9])\p{Nd}/gu, asciiDigit)
    .normalize('NFKC')

const secretNames = [
  environmentNames.openaiApiKey,
  environmentNames.tokenSigningKey,
  environmentNames.webhookSigningKey,
  ...Object.values(searchKeyNames),
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
]
/** Shorter ones would take words out of ordinary sentences. */
const minSecret = 8
let secrets: Set<string> | undefined

const knownSecrets = (): Set<string> => {
  secrets ??= new Set(
    secretNames.flatMap((name) => {
      const value = process.env[name]
      return value !== undefined && value.length >= minSecret ? [value] : []
    }),
  )
  return secrets
}

/** Has a secret that was read at run time taken out of every line from now on. */
export const hideSecret = (value: string): void => {
  if (value.length >= minSecret) knownSecrets().add(value)
}

/**
 * A text as a log line may hold it: on one line, without keys, tokens, signatures, addresses and
 * numbers of people, in whatever spacing or script they were written. Reads 4,000 characters at most.
 */
export const masked = (text: string): string => {
  let read = text.slice(0, maxRead).replaceAll(mask, maskMeanwhile)
  for (const secret of knownSecrets()) read = read.replaceAll(secret, maskMeanwhile)
  return canonical(read)
    .replace(webAddress, (_, scheme: string, host: string) => `${scheme}${host}/${mask}`)
    .replace(privatePart, (_, id: string | undefined) => id ?? mask)
    .replaceAll(maskMeanwhile, mask)
}

const keyLike = /(?:^|[.:_-])(?:sk|pk|rk|gsk|xai|hf)[-_]\w|eyJ/
/** Ids of ours, UUIDs and the trace ids of W3C and X-Ray: made by machines, long and full of digits as they are. */
const madeId = new RegExp(
  `(?<![0-9a-z])(?:${[
    ourId,
    '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}',
    '(?:00-)?[0-9a-f]{32}(?:-[0-9a-f]{16}-[0-9a-f]{2})?',
    '1-[0-9a-f]{8}-[0-9a-f]{24}',
  ].join('|')})(?![0-9a-z])`,
  'gi',
)
const personalNumber = new RegExp(
  [
    // Telephones, registrations, cards and accounts of any country. Digits of a hexadecimal word are none.
    String.raw`(?<![0-9a-f])\d(?:[-._:]?\d){8,}(?![0-9a-f])`,
    // A mobile telephone, though the letter before it might be hexadecimal.
    String.raw`(?<!\d)(?:82[-.:_]?)?0?1[016-9][-.:_]?\d{3,4}[-.:_]?\d{4}(?![0-9a-z])`,
  ].join('|'),
  'i',
)

/** Whether an id that a caller made up is rather a key or the number of a person. */
export const isPrivateId = (id: string): boolean =>
  knownSecrets().has(id) ||
  keyLike.test(id) ||
  /^[\d.:_-]{7,}$/.test(id) ||
  personalNumber.test(id.replace(madeId, 'x'))

/** The insides of quotation marks, of whatever kind: an error quotes what it was given. */
const quoted = /(["'`“‘«「『])(?:[^"'`“”‘’«»「」『』]{2,2000})(["'`”’»」』])/g
const foreignWord = /\S*[^\u0020-\u007e…]\S*/g

/**
 * The message of an error as a log line may hold it: masked, and without what it quotes and what is not
 * in English, since our own sentences and those of our platform are neither.
 */
export const loggableMessage = (message: string, maxCharacters = 300): string =>
  masked(message)
    .replace(quoted, (_, open: string, close: string) => `${open}${mask}${close}`)
    .replace(foreignWord, mask)
    .replace(/…(?:\s*…)+/g, mask)
    .slice(0, maxCharacters)
