import { foldedText } from './contact-points.ts'

/**
 * Text that a reader's program would do something with instead of showing it: links and pictures of
 * Markdown, elements of HTML, templates, marks of a model's own conversation.
 */
const elements =
  'a|abbr|article|aside|audio|b|base|big|blink|blockquote|body|br|button|canvas|center|code|details|dialog|div|dl|em|embed|fieldset|font|footer|form|frame|frameset|h[1-6]|head|header|hr|html|i|iframe|image|img|input|ins|isindex|keygen|label|li|link|main|marquee|math|menu|meta|nav|noscript|object|ol|option|p|param|picture|plaintext|pre|s|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|title|tr|track|tt|u|ul|video|xmp'
/** Blocks by which models are told who speaks, and calls of tools. */
const blocks =
  'data|system|user|assistant|human|instructions?|tool_?[a-z]*|function_?[a-z]*|invoke|think|thinking|start_of_turn|end_of_turn|bos|eos'

const active = [
  // A picture is fetched as soon as it is shown, with whatever its address carries.
  /!\[[^\][]{0,500}\]\s?[([]/u,
  // `[한정](오늘만)` and `[1+1] [무료배송]` are how shops write; a target is what makes it a link.
  /\[[^\][]{0,500}\]\s?\([^\s()]{0,200}[./:?%&<\\=@#]/u,
  /\[[^\][]{0,500}\]\([a-z][a-z0-9_-]{0,100}\)/u,
  /\[[^\][]{0,500}\]\s?\[[a-z0-9_.-]{0,40}\](?!\p{L})/u,
  /^\s{0,3}\[[^\][]{1,200}\]:\s*<?[^\s]{0,200}[./:%\\]/mu,
  new RegExp(`</?(?:${elements}|${blocks})(?:\\s[^<>]{0,2000})?/?>`, 'u'),
  /<[!?][a-z[-][^<>]{0,2000}>|<\/[a-z][^<>]{0,100}>|<[a-z][^<>]{0,200}=[^<>]{0,2000}>/u,
  new RegExp(`<(?:${elements})[\\s/][^<>]{0,200}[=/]`, 'u'),
  /<(?:script|img|iframe|svg|style|object|embed|link|meta|form|input|body|video|audio|a)\b(?![^<>]*>)/u,
  /\bon(?:error|load|click|mouseover|focus)\s?=/u,
  // `좋아요~~~` is no fence.
  /```|^\s{0,3}~{3,}[a-z]{0,20}$/mu,
  /\{\{[^{}]{0,200}\}\}|[$#]\{[^{}]{0,200}\}|<%|\{%[^%]{0,200}%\}/u,
  // A formula, which a spreadsheet would run.
  /^\s{0,3}=[a-z]{2,20}[|(]/mu,
  // An encoded text: no word is that long. `http` in base64 is known by its beginning.
  /[a-z0-9+/=_]{45,}|(?:\b[0-9a-f]{2}\b[\s:,-]{1,3}){16,}|ahr0c(?:hm6|dov)/u,
  // Marks between the messages of a conversation, as models are trained on them.
  /<\|[^|<>]{1,40}\|>|\[\/?(?:inst|system_prompt|tool_calls|available_tools|tool_results)\]|<<\/?sys>>|<\/?s>/u,
  /^\s{0,3}#{2,6}\s?(?:system|instructions?|assistant|human|user|response)\s?(?::|$)|^\s{0,3}(?:human|assistant)\s?:\s/mu,
]

export const isActive = (text: string): boolean => {
  const folded = foldedText(text)
  return active.some((pattern) => pattern.test(folded))
}

/** Longest beginning of an address, a number or a mark that is waited for, in UTF-16 units. */
const maxOpen = 500

const open = [
  // A word with a sign that addresses are made of.
  /[^\s]*[.:/@#_=&%\d][^\s]*$/u,
  // The beginning of an encoded text.
  /[a-z0-9+/=_-]{20,}$/iu,
  // Groups of digits, with what stands between them in numbers.
  /[+(]?\d[\d\s.()‐-―−~-]*$/u,
  // A link's target as far as its first blank; `<3` and `1 < 2` are no marks.
  /(?:\[[^\][]*(?:\]\s?(?:[([][^\s)\]]*)?)?|<(?![\s\d가-힣])[^<>]*|`+|~+|\{+[^{}]*|\$)$/u,
  // `e v i l . c o m`, and a number in words.
  /(?<!\S)(?:[a-z0-9@.:/_-]\s){3,60}[a-z0-9@.:/_-]?$/iu,
  /[공영]\s?일\s?[공영][\s,.공영일이삼사오육륙칠팔구-]*$/u,
]

/** How much of a text that is still being written is certain: not what may become a link, a number or a mark. */
export const settledLength = (text: string): number => {
  const from = Math.max(0, text.length - maxOpen)
  const tail = text.slice(from)
  const starts = open.map((pattern) => pattern.exec(tail)?.index ?? tail.length)
  return from + Math.min(...starts)
}

/**
 * Five plain words or emoji in a row, behind which nothing can go on that began before them: no number, address, name or
 * encoded text has that many words without a sign or a figure. Figures may be spelled, and so such words do not count.
 */
const plainWords =
  /(?<!\S)(?:(?![공영일이삼사오육륙칠팔구]+[,.!?]?\s)(?:[가-힣\u{1f300}-\u{1faff}]+|[A-Za-z]{4,})[,.!?]?\s){5}/gu

/** UTF-16 units of them: more than may stand between a bank's name and its number. */
const minPlain = 16

/** What may be closed any distance later. */
const opening = /[[<{]/

/**
 * Where a text that was looked at as a whole has to be looked at again from when more of it is written: the last place
 * from `from` on that nothing reaches across, or `from` itself.
 */
export const lookAgainFrom = (text: string, from: number): number => {
  plainWords.lastIndex = from
  const last = [...text.matchAll(plainWords)].findLast(({ 0: words }) => words.length >= minPlain)
  return last === undefined || opening.test(foldedText(text.slice(from, last.index)))
    ? from
    : last.index
}
