import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ReviseRequest } from '../../../shared/client/contract.ts'
import { Button } from '../design/button.tsx'
import { Chip } from '../design/card.tsx'
import { Skeleton } from '../design/surfaces.tsx'
import { packageWords } from '../wording/package.ts'
import type { Standing } from './assemble.ts'
import { isDone } from './open-package.ts'
import { openTask } from './open-task.ts'

export const sectionNames = [
  'signals',
  'positionings',
  'week',
  'copies',
  'gallery',
  'narration',
  'export',
] as const
export type SectionName = (typeof sectionNames)[number]

/** The section at the top of the view. */
export const current = signal<SectionName>('signals')

const elementId = (name: SectionName): string => `package-${name}`

/** Takes the reader to a section, with the focus, so that Tab goes on there. */
const goTo = (name: SectionName): void => {
  const heading = document.getElementById(elementId(name))
  heading?.scrollIntoView({ block: 'start' })
  heading?.focus({ preventScroll: true })
  current.value = name
}

/** Follows which section is read: the last whose heading has gone above the upper third of the view. */
const followScroll = (list: HTMLElement): (() => void) => {
  const pane = list.closest('.pane-side')
  if (!pane) return () => {}
  const look = (): void => {
    const { top, height } = pane.getBoundingClientRect()
    const atEnd = pane.scrollTop + pane.clientHeight >= pane.scrollHeight - 4
    const passed = sectionNames.filter((name) => {
      const heading = document.getElementById(elementId(name))
      return heading && heading.getBoundingClientRect().top < top + height / 3
    })
    current.value = (atEnd ? sectionNames.at(-1) : passed.at(-1)) ?? 'signals'
  }
  pane.addEventListener('scroll', look, { passive: true })
  look()
  return () => pane.removeEventListener('scroll', look)
}

export const Contents = () => {
  const words = packageWords.value
  const list = useRef<HTMLElement>(null)
  useEffect(() => (list.current ? followScroll(list.current) : undefined), [])
  const name = current.value
  useEffect(() => {
    const shown = list.current?.querySelector<HTMLElement>('[aria-current]')
    const row = list.current
    if (shown && row) row.scrollTo({ left: shown.offsetLeft - row.clientWidth / 3 })
  }, [name])
  return (
    <nav class="contents" aria-label={words.contents} ref={list}>
      {sectionNames.map((each) => (
        <button
          key={each}
          type="button"
          class="contents-entry"
          aria-current={each === name ? 'true' : undefined}
          onClick={() => goTo(each)}
        >
          {words.section[each]}
        </button>
      ))}
    </nav>
  )
}

export interface SectionProps {
  name: SectionName
  standing: Standing
  /** What a reader may have written again from here. */
  rewrite?: ReviseRequest['from']
  aside?: ComponentChildren
  children: ComponentChildren
}

/** A part of the package under its heading; what is not there yet holds its place. */
export const Section = ({ name, standing, rewrite, aside, children }: SectionProps) => {
  const words = packageWords.value
  return (
    <section class="section" aria-labelledby={elementId(name)}>
      <header class="section-head">
        <h2 id={elementId(name)} tabIndex={-1}>
          {words.section[name]}
        </h2>
        {standing === 'writing' && <Chip tone="accent">{words.writing}</Chip>}
        {standing === 'partial' && <Chip tone="warn">{words.partial}</Chip>}
        <div class="section-tools">
          {aside}
          {rewrite && isDone.value && (
            <Button
              kind="quiet"
              size="small"
              icon="edit"
              aria-label={words.reviseTitle[rewrite]}
              onClick={() => openTask({ kind: 'revise', from: rewrite })}
            >
              {words.rewrite}
            </Button>
          )}
        </div>
      </header>
      {standing === 'waiting' && <Skeleton lines={5} label={words.loading} />}
      {standing === 'missing' && <p class="section-missing">{words.missing}</p>}
      {standing !== 'waiting' && standing !== 'missing' && children}
    </section>
  )
}
