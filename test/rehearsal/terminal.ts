import { stripVTControlCharacters, styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Where a transcript goes: a terminal, or a file or pipe that wants plain text. */
export interface Terminal {
  /** Cells of a line. */
  columns: number
  paint(style: Style, text: string): string
  write(text: string): void
  line(text?: string): void
}

/** Cells of a line of text that reads well, and of one on which the transcript still has room. */
const widest = 110
const narrowest = 60

export const openTerminal = (stream: NodeJS.WriteStream): Terminal => {
  const coloured = stream.isTTY === true && !process.env.NO_COLOR
  const write = (text: string): void => void stream.write(text)
  return {
    // A terminal that does not know its width says 0.
    columns: Math.max(narrowest, Math.min(stream.columns || 100, widest)),
    paint: (style, text) => (coloured ? styleText(style, text, { validateStream: false }) : text),
    write,
    line: (text = '') => write(`${text}\n`),
  }
}

const wide = /[\p{Script=Hangul}\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u
const cellsOf = (character: string): number => (wide.test(character) ? 2 : 1)

/** Cells that a text takes in a terminal, where a Korean syllable is as wide as two letters. */
export const displayWidth = (text: string): number =>
  [...stripVTControlCharacters(text)].reduce((sum, character) => sum + cellsOf(character), 0)

export const padded = (text: string, cells: number): string =>
  text + ' '.repeat(Math.max(0, cells - displayWidth(text)))

/** Text that is written piece by piece, as it arrives, and broken between two margins. */
export interface Paragraph {
  push(text: string): void
  end(): void
}

/** Writes each word as soon as it is whole: what stands at the end of a line cannot be taken back. */
export const paragraph = (terminal: Terminal, indent: number): Paragraph => {
  const room = Math.max(20, terminal.columns - indent)
  let used = 0
  let word = ''
  const breakLine = (): void => {
    terminal.write(`\n${' '.repeat(indent)}`)
    used = 0
  }
  const endWord = (): void => {
    if (word === '') return
    const cells = displayWidth(word)
    const gap = used === 0 ? 0 : 1
    if (gap > 0 && used + gap + cells > room) breakLine()
    else if (gap > 0) terminal.write(' ')
    terminal.write(word)
    used += (used === 0 ? 0 : 1) + cells
    word = ''
  }
  return {
    push(text) {
      for (const character of text) {
        if (character === '\n') {
          endWord()
          if (used > 0) breakLine()
        } else if (character === ' ') endWord()
        else word += character
      }
    },
    end() {
      endWord()
      terminal.write('\n')
    },
  }
}

/** Text that is there as a whole, in lines of at most so many cells, broken between words. */
export const wrapped = (text: string, cells: number): string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && displayWidth(longer) > cells) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}
