const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** Markup that is safe to insert into a page unescaped. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type Content = Html | string | number | undefined | false | readonly Content[]

const render = (content: Content): string => {
  if (content === undefined || content === false) return ''
  if (content instanceof Html) return content.text
  if (typeof content === 'object') return content.map(render).join('')
  return String(content).replace(/[&<>"]/g, (character) => entities[character] ?? '')
}

/** A template of markup; inserted values are escaped unless they are `Html` themselves. */
export const html = (strings: TemplateStringsArray, ...contents: Content[]): Html =>
  new Html(String.raw({ raw: strings }, ...contents.map(render)))

const hangul = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/

/** Marks Korean within the English page, for screen readers, hyphenation and fonts. */
export const language = (text: string): Html => new Html(hangul.test(text) ? ' lang="ko"' : '')

/** Text in which backticks mark code. */
export const prose = (text: string): Html =>
  new Html(
    text
      .split(/(`[^`]*`)/)
      .map((part) =>
        part.startsWith('`') && part.endsWith('`') && part.length > 1
          ? html`<code>${part.slice(1, -1)}</code>`.text
          : render(part),
      )
      .join(''),
  )

/** Paragraphs, separated by blank lines. */
export const paragraphs = (text: string): Html[] =>
  text.split(/\n{2,}/).map((part) => html`<p>${prose(part)}</p>`)
