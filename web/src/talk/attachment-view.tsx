import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { fileSize } from '../../../shared/rules/file-size.ts'
import { IconButton } from '../design/button.tsx'
import { Icon, type IconName } from '../design/icons.tsx'
import { announce } from '../design/status.tsx'
import { Notice } from '../design/surfaces.tsx'
import { talkWords } from '../wording/talk.ts'
import { attach, attachment, attachmentRefusal, cannotPreview, detach } from './attachment.ts'
import { pictureTypes } from './picture-file.ts'
import './attachment.css'

/** The picture that goes with the next message, or why one does not. */
export const AttachmentView = () => {
  const words = talkWords.value
  const refusal = attachmentRefusal.value
  const now = attachment.value
  const picture = now?.picture
  useEffect(() => {
    if (picture) announce(talkWords.peek().pictureAttached)
  }, [picture])
  return (
    <>
      {refusal && (
        <Notice
          tone="warn"
          title={words.pictureRefusal[refusal]}
          actions={
            <button
              type="button"
              class="button"
              data-kind="quiet"
              data-size="small"
              onClick={() => {
                attachmentRefusal.value = null
              }}
            >
              <span>{words.dismiss}</span>
            </button>
          }
        />
      )}
      {now && (
        <figure class="attachment">
          <span class="attachment-picture">
            {now.preview === null ? (
              <Icon name="picture" />
            ) : (
              <img
                src={now.preview}
                alt={words.picture}
                width={64}
                height={64}
                onError={cannotPreview}
              />
            )}
          </span>
          <figcaption>
            <span class="attachment-name">{now.picture.name}</span>
            <span class="attachment-about">
              {fileSize(now.picture.size)}
              {now.preview === null && ` · ${words.noPreview}`}
            </span>
          </figcaption>
          <IconButton icon="close" label={words.removePicture} onClick={detach} />
        </figure>
      )}
    </>
  )
}

export interface PictureButtonProps {
  label: string
  icon: IconName
  /** Takes a photo instead of choosing one, where the device has a camera. */
  camera?: boolean
  disabled?: boolean
  onChosen?: () => void
}

export const PictureButton = ({ label, icon, camera, disabled, onChosen }: PictureButtonProps) => {
  const input = useRef<HTMLInputElement>(null)
  return (
    <span class={camera ? 'camera-only' : undefined}>
      <IconButton
        icon={icon}
        label={label}
        disabled={disabled}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={camera ? 'image/*' : pictureTypes}
        {...(camera && { capture: 'environment' })}
        onChange={({ currentTarget }) => {
          if (currentTarget.files?.length) {
            attach(currentTarget.files)
            onChosen?.()
          }
          // The same file may be chosen again.
          currentTarget.value = ''
        }}
      />
    </span>
  )
}

const filesOf = ({ dataTransfer }: DragEvent): boolean =>
  dataTransfer?.types.includes('Files') ?? false

const isField = (element: Element | null): boolean =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement

/** Takes a picture that is dropped anywhere on it, and one that is pasted while no other field has the focus. */
export const DropZone = ({ children }: { children: ComponentChildren }) => {
  const zone = useRef<HTMLDivElement>(null)
  const [isOver, setOver] = useState(false)
  // It is left for each of its parts that is entered.
  const depth = useRef(0)
  const move = (event: DragEvent, change: 1 | -1): void => {
    if (!filesOf(event)) return
    event.preventDefault()
    depth.current = Math.max(0, depth.current + change)
    setOver(depth.current > 0)
  }
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const files = event.clipboardData?.files
      const { activeElement } = document
      const isElsewhere = isField(activeElement) && !zone.current?.contains(activeElement)
      // A copied cell of a table is a text first, and a picture of it second.
      if (!files?.length || isElsewhere || event.clipboardData?.getData('text/plain')) return
      event.preventDefault()
      attach(files)
    }
    addEventListener('paste', paste)
    return () => removeEventListener('paste', paste)
  }, [])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button for pictures does the same by key.
    <div
      ref={zone}
      class="talk"
      onDragEnter={(event) => move(event, 1)}
      onDragLeave={(event) => move(event, -1)}
      onDragOver={(event) => {
        if (filesOf(event)) event.preventDefault()
      }}
      onDrop={(event) => {
        if (!filesOf(event)) return
        event.preventDefault()
        depth.current = 0
        setOver(false)
        attach(event.dataTransfer?.files ?? [])
      }}
    >
      {children}
      {isOver && (
        <div class="drop-hint" aria-hidden="true">
          <Icon name="picture" />
          {talkWords.value.dropHere}
        </div>
      )}
    </div>
  )
}
