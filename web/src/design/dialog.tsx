import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { IconButton } from './button.tsx'
import { DialogStatus } from './status.tsx'
import './dialog.css'

export interface DialogProps {
  title: string
  open: boolean
  onClose: () => void
  closeLabel: string
  children: ComponentChildren
  /** The buttons at its end. */
  actions?: ComponentChildren
}

/** The browser's own dialog, which keeps the focus, closes by Escape and gives the focus back. */
export const Dialog = ({ title, open, onClose, closeLabel, children, actions }: DialogProps) => {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const isVeilPressed = useRef(false)
  useEffect(() => {
    const element = dialog.current
    if (open && element && !element.open) element.showModal()
    if (!open && element?.open) element.close()
  }, [open])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, as the browser does by itself.
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={id}
      onClose={onClose}
      onPointerDown={({ target, currentTarget }) => {
        isVeilPressed.current = target === currentTarget
      }}
      onClick={({ target, currentTarget }) => {
        // The veil around it is the dialog itself. A text that is marked may end over it.
        if (target === currentTarget && isVeilPressed.current) currentTarget.close()
      }}
    >
      {/* Before the sheet, below which it would have the dialog scroll. */}
      <DialogStatus id={id} open={open} />
      <div class="dialog-sheet">
        <header class="dialog-head">
          <h2 id={id}>{title}</h2>
          <IconButton icon="close" label={closeLabel} onClick={() => dialog.current?.close()} />
        </header>
        <div class="dialog-body">{children}</div>
        {actions && <footer class="dialog-actions">{actions}</footer>}
      </div>
    </dialog>
  )
}
