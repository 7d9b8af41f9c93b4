import { type CreativePart, creativeFields } from '../../../shared/contracts/creative-parts.ts'
import { type Answer, inChunks } from './answers.ts'

const objectIn = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/**
 * The answer for one part of the creatives, of an answer with all of them: what the other parts hold is left
 * out, in pieces of the same size. What is no such answer is sent as it is.
 */
export const cutToPart = (answer: Answer, part: CreativePart): Answer => {
  if (answer.kind !== 'stream' || answer.uncut) return answer
  const value = objectIn(answer.chunks.join(''))
  const others = Object.entries(creativeFields).filter(([name]) => name !== part)
  if (value === undefined || !others.some(([, field]) => field in value)) return answer
  for (const [, field] of others) delete value[field]
  const size = [...(answer.chunks[0] ?? '')].length
  return { ...answer, chunks: inChunks(JSON.stringify(value), Math.max(1, size)) }
}
