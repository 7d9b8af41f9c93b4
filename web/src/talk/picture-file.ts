/** Largest picture that the product takes, in bytes. */
export const pictureBytesLimit = 8 * 1024 * 1024

/** What the dialog for files offers. Some systems have no type for HEIC, only the ending. */
export const pictureTypes = 'image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif'

interface FileFacts {
  name: string
  type: string
  size: number
}

const endings: Record<string, string> = {
  heic: 'image/heic',
  heif: 'image/heic',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
}

/** The type that a file is sent under; by its ending where the system knows none. */
export const pictureType = ({ name, type }: FileFacts): string =>
  type || (endings[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? '')

export type PictureRefusal = 'not-a-picture' | 'too-large' | 'empty'

/** What is plainly no use to send. Everything else the server judges, by the bytes. */
export const refusalOf = (file: FileFacts): PictureRefusal | undefined => {
  if (!pictureType(file).startsWith('image/')) return 'not-a-picture'
  if (file.size === 0) return 'empty'
  return file.size > pictureBytesLimit ? 'too-large' : undefined
}

/** The picture among what was dropped or pasted; else its first file. */
export const pictureAmong = <File extends FileFacts>(files: readonly File[]): File | undefined =>
  files.find((file) => refusalOf(file) === undefined) ?? files[0]
