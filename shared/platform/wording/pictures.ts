import { StudioError } from '../../contracts/errors.ts'
import type { ErrorCode } from '../../contracts/problems.ts'
import type { Locale } from '../../contracts/session.ts'
import { pictureBounds } from '../../rules/product-picture.ts'

type Rule =
  | 'empty'
  | 'unsupported'
  | 'printColours'
  | 'animated'
  | 'damaged'
  | 'huge'
  | 'small'
  | 'inlineBytes'
  | 'uploadBytes'

const { minSide } = pictureBounds

/** For each rule that a picture may break: the code, and what to do about it. */
const rules: Readonly<Record<Rule, { code: ErrorCode } & Record<Locale, string>>> = {
  empty: {
    code: 'INVALID_INPUT',
    'ko-KR': '사진 파일이 비어 있습니다. 다시 골라 올려 주세요.',
    'en-US': 'The picture is empty. Choose it again and send it.',
  },
  unsupported: {
    code: 'UNSUPPORTED_MEDIA',
    'ko-KR': 'PNG, JPEG, WebP, HEIC 사진만 올릴 수 있습니다.',
    'en-US': 'A picture has to be PNG, JPEG, WebP or HEIC.',
  },
  printColours: {
    code: 'UNSUPPORTED_MEDIA',
    'ko-KR': '인쇄용 CMYK 사진은 올릴 수 없습니다. RGB로 저장해 다시 올려 주세요.',
    'en-US': 'The picture is in CMYK, for print. Save it in RGB and send it again.',
  },
  animated: {
    code: 'INVALID_INPUT',
    'ko-KR': '움직이는 사진은 올릴 수 없습니다. 한 장짜리 사진을 올려 주세요.',
    'en-US': 'A picture must not move. Send a single picture.',
  },
  damaged: {
    code: 'INVALID_INPUT',
    'ko-KR': '사진이 깨져 있어 열 수 없습니다. 원본을 다시 올려 주세요.',
    'en-US': 'The picture is damaged and cannot be opened. Send the original again.',
  },
  huge: {
    code: 'INVALID_INPUT',
    'ko-KR': '사진의 화소가 너무 많습니다. 5천만 화소, 한 변 16,383픽셀까지 올릴 수 있습니다.',
    'en-US': 'The picture has too many pixels. It may have 50 million, and 16,383 on a side.',
  },
  small: {
    code: 'INVALID_INPUT',
    'ko-KR': `사진이 너무 작거나 너무 길쭉합니다. 짧은 변이 ${minSide}픽셀 이상이고, 긴 변이 짧은 변의 8배를 넘지 않아야 합니다.`,
    'en-US': `The picture is too small, or too narrow. Its shorter side needs ${minSide} pixels, and the longer one may be eight times as long.`,
  },
  inlineBytes: {
    code: 'PAYLOAD_TOO_LARGE',
    'ko-KR':
      '바로 보내는 사진은 4MB까지입니다. 더 큰 사진은 업로드 양식으로 8MB까지 올릴 수 있습니다.',
    'en-US':
      'A picture sent with its turn may have 4 MB. Upload a larger one, of up to 8 MB, first.',
  },
  uploadBytes: {
    code: 'PAYLOAD_TOO_LARGE',
    'ko-KR': '사진은 8MB까지 올릴 수 있습니다.',
    'en-US': 'A picture may have 8 MB.',
  },
}

/**
 * The failure of a picture that breaks a rule, told with the rule in the caller's language.
 * @param detail what was found, for the log and for support
 */
export const brokenPicture = (rule: Rule, detail?: string, cause?: unknown): StudioError => {
  const { code, ...wording } = rules[rule]
  return new StudioError(code, detail ?? wording['en-US'], {
    errors: [{ path: 'image', message: wording['en-US'] }],
    wording,
    ...(cause === undefined ? {} : { cause }),
  })
}
