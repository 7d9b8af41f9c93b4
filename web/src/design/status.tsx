import { computed, signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect } from 'preact/hooks'
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

/** Milliseconds before an announcement, in which a dialog that has just ended its task closes. */
const settlingMs = 100

const toasts = signal<readonly Toast[]>([])
const dismissWord = signal('')

/** The page and the modal dialogs above it, by their ids: all but the last are inert, and silent. */
const page = 'page'
const layers = signal<readonly string[]>([page])
const topLayer = computed(() => layers.value.at(-1))

/** What was said last, and in which layer: it is not said again when the dialog closes. */
const said = signal<{ text: string; layer: string | undefined }>({ text: '', layer: page })
let saying: ReturnType<typeof setTimeout> | undefined

const say = (text: string): void => {
  // The same text twice would be no change.
  const isRepeated = said.peek().text === text
  said.value = { text: isRepeated ? `${text}\u00a0` : text, layer: topLayer.peek() }
}

/** Says it to a screen reader, when it is done with what it says. Of several at once, the last is said. */
export const announce = (text: string): void => {
  clearTimeout(saying)
  saying = setTimeout(() => say(text), settlingMs)
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
export const StatusRegion = ({ dismissLabel }: { dismissLabel: string }) => {
  useLayoutEffect(() => {
    dismissWord.value = dismissLabel
  }, [dismissLabel])
  return <Status layer={page} />
}

/** The live region of a modal dialog, which makes the page's inert while it is open. */
export const DialogStatus = ({ id, open }: { id: string; open: boolean }) => {
  useEffect(() => {
    if (!open) return undefined
    layers.value = [...layers.peek(), id]
    return () => {
      layers.value = layers.peek().filter((layer) => layer !== id)
    }
  }, [id, open])
  return <Status layer={id} />
}

const Status = ({ layer }: { layer: string }) => (
  <>
    <div class="visually-hidden" role="status" aria-live="polite" aria-atomic="true">
      {said.value.layer === layer && said.value.text}
    </div>
    {topLayer.value === layer && <Toasts />}
  </>
)

const Toasts = () => (
  <div class="toasts">
    {toasts.value.map(({ id, text, tone }) => (
      <ToastView
        key={id}
        tone={tone}
        dismissLabel={dismissWord.value}
        onDismiss={() => dismissToast(id)}
      >
        {text}
      </ToastView>
    ))}
  </div>
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
