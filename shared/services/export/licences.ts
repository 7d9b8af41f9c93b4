import { bundledFile } from '../../platform/bundled-file.ts'

/** The fonts that posters, burnt captions and the PDF are set in; files that embed them may be passed on. */
export const fontLicences = [
  { name: 'Pretendard', licence: 'OFL-1.1', file: 'Pretendard-LICENSE.txt' },
  { name: 'Noto Emoji', licence: 'OFL-1.1', file: 'NotoEmoji-LICENSE.txt' },
] as const

export const licenceText = (file: (typeof fontLicences)[number]['file']): Promise<Uint8Array> =>
  bundledFile(file)
