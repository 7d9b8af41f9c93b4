import type { ComponentChildren } from 'preact'
import { talkWords } from '../wording/talk.ts'

export const Said = ({
  by,
  children,
}: {
  by: 'user' | 'assistant'
  children: ComponentChildren
}) => (
  <article class="said" data-by={by}>
    <h3 class="visually-hidden">{talkWords.value.author[by]}</h3>
    {children}
  </article>
)

export const Waiting = ({ children }: { children: ComponentChildren }) => (
  <p class="said-waiting">
    <span class="thinking" aria-hidden="true" />
    {children}
  </p>
)
