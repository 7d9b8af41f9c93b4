import { inBoth } from './language.ts'

export const troubleWords = inBoth(
  {
    lost: '이 대화를 열 수 없습니다',
    offline: '인터넷에 연결되어 있지 않습니다. 다시 연결되면 이어집니다.',
    reconnecting: '다시 연결하는 중입니다',
    unauthorized: '로그인이 만료되었습니다. 새로 고치거나 새 대화를 시작해 주세요.',
  },
  {
    lost: 'This conversation cannot be opened',
    offline: 'You are offline. It goes on when the network is back.',
    reconnecting: 'Reconnecting',
    unauthorized: 'Your access has expired. Reload, or start a new conversation.',
  },
)
