import { inBoth } from './language.ts'

export const talkWords = inBoth(
  {
    title: '무엇을 팔고 계신가요?',
    lead: '제품 이야기를 들려주세요. 대화가 브리프가 되고, 브리프가 출시 패키지가 됩니다.',
    message: '메시지',
    placeholder: '제품 이야기를 적어 주세요',
    send: '보내기',
    stop: '답변 멈추기',
  },
  {
    title: 'What do you sell?',
    lead: 'Tell us about your product. The conversation becomes a brief, and the brief a launch package.',
    message: 'Message',
    placeholder: 'Tell us about your product',
    send: 'Send',
    stop: 'Stop the answer',
  },
)
