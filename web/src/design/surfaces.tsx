import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icons.tsx'
import './surfaces.css'

/** Lines in the place of a text that is to come, of its size: nothing moves when it comes. */
export const Skeleton = ({ lines = 3, label }: { lines?: number; label: string }) => (
  <div class="skeleton">
    <span class="visually-hidden">{label}</span>
    {Array.from({ length: lines }, (_, line) => (
      <span key={line} class="skeleton-line" aria-hidden="true" />
    ))}
  </div>
)

export interface EmptyStateProps {
  icon: IconName
  title: string
  children?: ComponentChildren
  actions?: ComponentChildren
}

/** What stands where nothing is yet: what will be here, and what to do for it. */
export const EmptyState = ({ icon, title, children, actions }: EmptyStateProps) => (
  <div class="empty-state">
    <Icon name={icon} />
    <h2>{title}</h2>
    {children && <p>{children}</p>}
    {actions && <div class="actions">{actions}</div>}
  </div>
)

export interface NoticeProps {
  tone: 'plain' | 'good' | 'warn' | 'bad'
  title: string
  /** What happened, and what to do. */
  children?: ComponentChildren
  /** Below the text: lists, details. */
  extra?: ComponentChildren
  /** Another icon than the tone's. */
  icon?: IconName
  /** For those who help: a code, a request's id. */
  reference?: string | undefined
  actions?: ComponentChildren
}

const noticeIcons = {
  plain: 'information',
  good: 'check',
  warn: 'warning',
  bad: 'warning',
} as const satisfies Record<NoticeProps['tone'], IconName>

/** A problem or a state, where it matters, until it is over. */
export const Notice = (props: NoticeProps) => {
  const { tone, title, children, extra, reference, actions, icon = noticeIcons[tone] } = props
  return (
    <section class="notice" data-tone={tone}>
      <Icon name={icon} />
      <div class="notice-text">
        <h3>{title}</h3>
        {children && <p>{children}</p>}
        {extra}
        {reference && <p class="notice-reference">{reference}</p>}
        {actions && <div class="actions">{actions}</div>}
      </div>
    </section>
  )
}

export interface SafeArea {
  /** In percent of the picture's height or width. */
  top: number
  right: number
  bottom: number
  left: number
}

export interface PhoneFrameProps {
  /** Width by height, as in 1080 / 1920. */
  ratio: `${number} / ${number}`
  caption: string
  /** What a platform's own controls leave free. */
  safeArea?: SafeArea | undefined
  children: ComponentChildren
}

/** A poster or a film as a phone shows it. */
export const PhoneFrame = ({ ratio, caption, safeArea, children }: PhoneFrameProps) => (
  <figure class="phone">
    <div class="phone-glass" style={{ aspectRatio: ratio }}>
      {children}
      {safeArea && (
        <div
          class="phone-safe-area"
          aria-hidden="true"
          style={{
            inset: `${safeArea.top}% ${safeArea.right}% ${safeArea.bottom}% ${safeArea.left}%`,
          }}
        />
      )}
    </div>
    <figcaption>{caption}</figcaption>
  </figure>
)
