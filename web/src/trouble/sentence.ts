import { troubleWords } from '../wording/trouble.ts'
import type { Trouble } from './trouble.ts'

/** What a problem says where there is room for one sentence: the server's own, or the page's when none came. */
export const sentenceOf = ({ code, message }: Pick<Trouble, 'code' | 'message'>): string => {
  if (code !== 'UNREACHABLE' && code !== 'UNEXPECTED_ANSWER') return message
  const { title, text } = troubleWords.value
  return `${title[code]}. ${text[code]}`
}
