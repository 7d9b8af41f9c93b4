import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { AssetView } from '../../../shared/client/contract.ts'
import { fileSize } from '../../../shared/rules/file-size.ts'
import { Icon } from '../design/icons.tsx'
import { toast } from '../design/status.tsx'
import { assetWords } from '../wording/assets.ts'
import { type AssetFile, fileOf, isFresh } from './gallery-order.ts'
import { renewAsset } from './open-package.ts'

/** Milliseconds before a link that has just been renewed is renewed once more. */
const renewedMs = 30_000

/**
 * The address of a file for as long as it works. Every reading of the assets brings new links to the same
 * bytes: a picture that is shown, or a film that plays, keeps the one it began with, until that fails.
 */
export const useLink = (asset: AssetView, file: AssetFile) => {
  const held = useRef({ sha256: file.sha256, url: file.url, failed: false, renewedAt: 0 })
  const now = held.current
  if (now.sha256 !== file.sha256) {
    held.current = { sha256: file.sha256, url: file.url, failed: false, renewedAt: 0 }
  } else if (now.failed && now.url !== file.url) {
    held.current = { ...now, url: file.url, failed: false }
  }
  const onError = (): void => {
    const { renewedAt } = held.current
    if (Date.now() - renewedAt < renewedMs) return
    held.current = { ...held.current, failed: true, renewedAt: Date.now() }
    renewAsset(asset).catch(() => {
      // The picture stays away, and its button to download says why.
    })
  }
  return { url: held.current.url, onError }
}

const freshFile = async (asset: AssetView, file: AssetFile): Promise<AssetFile> => {
  if (isFresh(file.expires_at, Date.now())) return file
  return fileOf(await renewAsset(asset), file.role) ?? file
}

/** Texts by the digest of their file: they never change. */
const texts = new Map<string, Promise<string>>()

const readText = async (asset: AssetView, file: AssetFile): Promise<string> => {
  const { url } = await freshFile(asset, file)
  const response = await fetch(url, { credentials: 'omit' })
  if (!response.ok) throw new Error(`The file answered ${response.status}.`)
  return response.text()
}

const textOnce = (asset: AssetView, file: AssetFile): Promise<string> => {
  const known = texts.get(file.sha256)
  if (known) return known
  const reading = readText(asset, file)
  texts.set(file.sha256, reading)
  reading.catch(() => texts.delete(file.sha256))
  return reading
}

/** The text of a small file of an asset; null until it is there, and when it cannot be read. */
export const useText = (asset: AssetView | undefined, role: AssetFile['role']): string | null => {
  const text = useSignal<string | null>(null)
  const file = fileOf(asset, role)
  useEffect(() => {
    if (!asset || !file) return
    let over = false
    const take = (next: string | null): void => {
      if (!over) text.value = next
    }
    textOnce(asset, file).then(take, () => take(null))
    return () => {
      over = true
    }
  }, [file?.sha256])
  return file ? text.value : null
}

export interface DownloadProps {
  asset: AssetView
  file: AssetFile
  /** What it says; without it, an icon with a name. */
  label?: string
}

/** The link itself says that it is a download and under which name; one that has expired is renewed first. */
export const Download = ({ asset, file, label }: DownloadProps) => {
  const words = assetWords.value
  const renew = async (): Promise<void> => {
    try {
      location.assign((await freshFile(asset, file)).url)
    } catch {
      toast(words.linkFailed, 'bad')
    }
  }
  return (
    <a
      class={label ? 'file-link' : 'button icon-button'}
      data-kind="quiet"
      href={file.url}
      download={file.name}
      aria-label={label ? undefined : words.downloadOf(words.role[file.role])}
      title={label ? undefined : words.download}
      onClick={(event) => {
        if (isFresh(file.expires_at, Date.now())) return
        event.preventDefault()
        void renew()
      }}
    >
      <Icon name="download" />
      {label && <span>{label}</span>}
      {label && <span class="file-size">{fileSize(file.bytes)}</span>}
    </a>
  )
}
