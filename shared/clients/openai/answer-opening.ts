/** A piece of what a model wrote: of its answer, or of what stands around it. */
export interface Piece {
  type: 'text' | 'aside'
  text: string
}

const thoughtOpening = /^(?:<(think(?:ing)?|thought|reasoning)>|\[(THINK)\])/i
/** Tokens of chat templates that leak into the text. */
export const token = /^(?:<\|[\w-]{1,40}\|>|<\/?s>|<(?:bos|eos|end_of_turn|EOS)>)/
/** Those that open a message are followed by its role. */
const opener = /^<\|(?:im_start|start_header_id|start)\|>(assistant\b)?/
const role = 'assistant'
const fence = /^`{3,}\w*[ \t]*(?:\r?\n|(?=[{}]))/
/** What may still become one of them. */
export const maybeToken = /^(?:<[|/\w-]{0,45}\|?>?(?:a[sitan]{0,8})?|\[\/?\w{0,10})$/
export const maybeFence = /^`{1,10}\w{0,20}\s{0,100}$/
export const blanksAhead = /^[\s\ufeff]+/

/** gpt-oss writes every message into a channel: its thoughts, and at last the answer. */
const channel = /^<\|channel\|>\s*(\w+)[^<]{0,40}(?:<\|constrain\|>[^<]{0,40})?<\|message\|>/
const maybeChannel = /^<\|channel\|>[^<]{0,60}(?:<\|constrain\|>[^<]{0,40})?(?:<[|\w]{0,12})?$/
const endOfThought = /<\|end\|>/

const thoughtClosing = (name: string): RegExp =>
  name === 'THINK' ? /\[\/THINK\]/ : new RegExp(`</${name}>`, 'i')

/** What stands before an answer: white space, thoughts, fences, tokens. */
export const createOpening = (fenced: boolean) => {
  let held = ''
  let thought: RegExp | undefined

  /** The end of a thought, or what of it cannot hold the beginning of its closing any more. */
  const think = (closing: RegExp): Piece[] => {
    const found = closing.exec(held)
    const to = found?.index ?? Math.max(0, held.length - 12)
    const text = held.slice(0, to)
    held = held.slice(found ? to + found[0].length : to)
    if (found) thought = undefined
    return text === '' ? [] : [{ type: 'aside', text }]
  }
  /** Takes one piece of wrapping off. False when nothing is left to take off. */
  const step = (pieces: Piece[]): boolean => {
    if (thought) {
      pieces.push(...think(thought))
      return thought === undefined
    }
    held = held.replace(blanksAhead, '')
    if (maybeChannel.test(held)) return false
    const inChannel = channel.exec(held)
    if (inChannel) {
      if (inChannel[1] !== 'final') thought = endOfThought
      held = held.slice(inChannel[0].length)
      return true
    }
    const opening = thoughtOpening.exec(held)
    const opened = opener.exec(held)
    // The role may still be on its way.
    if (opened && !opened[1] && role.startsWith(held.slice(opened[0].length))) return false
    const found = opening ?? opened ?? token.exec(held) ?? (fenced ? fence.exec(held) : null)
    if (!found) return false
    const name = opening?.[1] ?? opening?.[2]
    if (name !== undefined) thought = thoughtClosing(name)
    held = held.slice(found[0].length)
    return true
  }
  return {
    /** Asides, and the beginning of the answer as soon as it is certain. */
    write(text: string): { pieces: Piece[]; begun: string | undefined } {
      held += text
      const pieces: Piece[] = []
      while (step(pieces));
      const open =
        thought !== undefined ||
        held === '' ||
        maybeToken.test(held) ||
        maybeChannel.test(held) ||
        (fenced && maybeFence.test(held))
      return { pieces, begun: open ? undefined : held }
    },
    thinks: (): boolean => thought !== undefined,
    rest: (): Piece[] => (held === '' ? [] : [{ type: thought ? 'aside' : 'text', text: held }]),
  }
}
