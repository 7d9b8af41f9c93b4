const known = /[가-힣ㄱ-ㅣa-z]/gu
const letters = /\p{L}/gu

/** Small words that only one of the languages in Latin letters has. */
const english =
  /\b(?:the|and|of|with|for|your|you|is|are|this|our|in|to|it|we|not|no|from|by|my)\b/gu
const foreign =
  /\b(?:el|los|las|una|para|con|por|que|del|es|muy|sin|su|tu|le|les|des|une|pour|avec|vous|votre|est|dans|sur|der|die|das|und|mit|fur|ist|nicht|ihre|il|gli|della|che|uma|com|nao|seu|sua|voce|yang|dan|untuk|dengan|va|cua|cho|khong|bir|ve|icin)\b/gu

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

/** Whether the text is mainly Korean or English, in the normalized form; one without letters is. */
export const isKnownLanguage = (text: string): boolean => {
  const total = count(text, letters)
  const ours = count(text, known)
  if (2 * ours < total) return false
  const korean = count(text, /[가-힣]/gu)
  return korean > 0 || count(text, foreign) < 2 || count(text, english) >= count(text, foreign)
}
