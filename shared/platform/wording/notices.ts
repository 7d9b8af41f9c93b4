import type { Locale } from '../../contracts/session.ts'
import type { Wording } from './wording.ts'

/** The product's own messages, marked `author: "system"` wherever they are shown. */
export const notices = {
  greeting: {
    'ko-KR':
      '안녕하세요! 출시를 도와드릴게요. 어떤 제품인지, 누구에게 팔고 싶은지 편하게 말씀해 주세요.',
    'en-US':
      'Hello! Let us get your launch ready. Tell me what your product is and whom you want to sell it to.',
  },
  briefReused: {
    'ko-KR':
      '지난 실행의 브리프를 그대로 가져왔습니다. 바꿀 것이 있으면 말씀하시거나 직접 고치고, 없으면 바로 시작하시면 됩니다.',
    'en-US':
      'The brief of your earlier run is here as it was. Tell me what to change, or edit it yourself; if nothing, you can start right away.',
  },
  pictureNotRead: {
    'ko-KR':
      '사진을 잘 보관했습니다. 다만 지금 연결된 AI 모델은 사진을 읽지 못해서, 사진에서 알아낸 것은 없습니다. 제품이 어떻게 생겼는지 말로 알려 주세요.',
    'en-US':
      'Your picture is kept. The connected AI model does not read pictures, so nothing was taken from it. Please tell me in words what the product looks like.',
  },
} as const satisfies Record<string, Wording>

/** The chat message that the older one-shot API sends for a brief: its data, and a request to decide the rest. */
export const launchMessage = (brief: object, locale: Locale): string =>
  `${JSON.stringify(brief, null, 2)}\n\n${delegation[locale]}`

const delegation: Wording = {
  'ko-KR': '위 브리프로 출시를 준비해 주세요. 빠진 항목은 알아서 정해 주세요.',
  'en-US': 'Prepare the launch from this brief. Decide yourself what it leaves open.',
}
