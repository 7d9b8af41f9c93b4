import type { AssetType, FileRole, PlacementId } from '../../contracts/assets.ts'
import { isDevice, safeWords, shortened } from '../file-names.ts'

/** Bytes of a name's part that the caller's words are in; file systems take 255 of a whole name. */
const maxProductBytes = 120

/** Words of a user as a part of a file name: NFC, without what a file system refuses, and short enough. */
export const namePart = (words: string): string => {
  const short = shortened(safeWords(words), maxProductBytes)
    .replace(/^\.+|[. ]+$/g, '')
    .trim()
  if (short === '') return 'launch'
  return isDevice(short) ? `_${short}` : short
}

interface NamedAsset {
  asset_type: AssetType | 'export'
  placement: PlacementId | null
  poster_spec_id: string | null
}

/** A file of an asset as a download, and an export, name it. */
export const assetFileName = ({
  product,
  asset: { asset_type, placement, poster_spec_id },
  role,
  extension,
}: {
  product: string
  asset: NamedAsset
  role: FileRole
  extension: string
}): string => {
  const what = role === asset_type ? role : `${asset_type}-${role}`
  const parts = [product, what, poster_spec_id, placement].filter((part) => part !== null)
  return `${parts.map(namePart).join('-').replaceAll(' ', '_')}.${extension}`
}

/** Every byte but letters, digits and what RFC 8187 lets stand in an extended value. */
const extendedValue = (name: string): string =>
  encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/**
 * The Content-Disposition of a download: an ASCII name for clients that know no other, and the name itself
 * (RFC 6266, RFC 8187).
 */
export const downloadDisposition = (name: string): string => {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  return `attachment; filename="${ascii}"; filename*=UTF-8''${extendedValue(name)}`
}
