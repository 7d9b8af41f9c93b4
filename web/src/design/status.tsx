import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { IconButton } from './button.tsx'
import './status.css'

export interface Toast {
  id: number
  text: string
  tone: 'plain' | 'good' | 'bad'
}

const shownFor = 6000
const mostToasts = 3
let lastId = 0

const toasts = signal<readonly Toast[]>([])
const said = signal('')

/** Says it to a screen reader, when it is done with what it says. Of several at once, the last is said. */
export const announce = (text: string): void => {
  // The same text twice would be no change.
  said.value = said.peek() === text ? `${text}\u00a0` : text
}

export const dismissToast = (id: number): void => {
  toasts.value = toasts.peek().filter((toast) => toast.id !== id)
}

/** Shows it for some seconds, and says it. For what has happened; what has to be mended stays where it is. */
export const toast = (text: string, tone: Toast['tone'] = 'plain'): void => {
  lastId += 1
  const id = lastId
  toasts.value = [...toasts.peek(), { id, text, tone }].slice(-mostToasts)
  announce(text)
  setTimeout(() => dismissToast(id), shownFor)
}

/**
 * The one live region of the page. A transcript that were one would read every piece of an answer while it is
 * written; instead what matters of it is announced here: started, still working, finished, failed.
 */
export const StatusRegion = ({ dismissLabel }: { dismissLabel: string }) => (
  <>
    <div class="visually-hidden" role="status" aria-live="polite" aria-atomic="true">
      {said}
    </div>
    <div class="toasts">
      {toasts.value.map(({ id, text, tone }) => (
        <ToastView
          key={id}
          tone={tone}
          dismissLabel={dismissLabel}
          onDismiss={() => dismissToast(id)}
        >
          {text}
        </ToastView>
      ))}
    </div>
  </>
)

export interface ToastViewProps {
  tone: Toast['tone']
  dismissLabel: string
  onDismiss: () => void
  children: ComponentChildren
}

export const ToastView = ({ tone, dismissLabel, onDismiss, children }: ToastViewProps) => (
  <div class="toast" data-tone={tone}>
    <p>{children}</p>
    <IconButton icon="close" label={dismissLabel} onClick={onDismiss} />
  </div>
)
