import { foldedText } from './contact-points.ts'

/**
 * Text that a reader's program would do something with instead of showing it: links and pictures of
 * Markdown, elements of HTML, templates, marks of a model's own conversation.
 */
const active = [
  // A picture is fetched as soon as it is shown, with whatever its address carries.
  /\[[^\][]{0,500}\]\s?(?:\(|\[[^\][]{1,100}\])/u,
  /^\s{0,3}\[[^\][]{1,200}\]:\s/mu,
  /<\/?[a-z!?][^<>]{0,2000}>/u,
  /<(?:script|img|iframe|svg|style|object|embed|link|meta|form|input|body|video|audio|a)\b/u,
  /\bon(?:error|load|click|mouseover|focus)\s?=/u,
  /```|~~~/u,
  /\{\{[^{}]{0,200}\}\}|\$\{[^{}]{0,200}\}|<%|%>/u,
  // An encoded text: no word is that long.
  /[a-z0-9+/=_]{45,}|(?:\b[0-9a-f]{2}\b[\s:,-]{1,3}){16,}/u,
  // Marks between the messages of a conversation, as models are trained on them.
  /<\|[^|<>]{1,40}\|>|\[\/?(?:inst|system_prompt|tool_calls|available_tools|tool_results)\]|<<\/?sys>>|<\/?s>/u,
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
  /(?:\[[^\][]*(?:\]\s?)?|<[^<>]*|`+|~+|\{+[^{}]*|\$)$/u,
]

/** How much of a text that is still being written is certain: not what may become a link, a number or a mark. */
export const settledLength = (text: string): number => {
  const from = Math.max(0, text.length - maxOpen)
  const tail = text.slice(from)
  const starts = open.map((pattern) => pattern.exec(tail)?.index ?? tail.length)
  return from + Math.min(...starts)
}
