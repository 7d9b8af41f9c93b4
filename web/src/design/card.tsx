import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import './card.css'

export interface CardProps {
  title: string
  /** Beside the title: a state, a button. */
  aside?: ComponentChildren
  children: ComponentChildren
}

/** A part of a page with a heading: a hairline above it, no box around it. */
export const Card = ({ title, aside, children }: CardProps) => {
  const id = useId()
  return (
    <section class="card" aria-labelledby={id}>
      <header class="card-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  )
}

export type Tone = 'plain' | 'accent' | 'good' | 'warn' | 'bad'

/** A word or two about what it stands beside. */
export const Chip = ({
  tone = 'plain',
  children,
}: {
  tone?: Tone
  children: ComponentChildren
}) => (
  <span class="chip" data-tone={tone}>
    {children}
  </span>
)
