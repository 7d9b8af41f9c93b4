import { inBoth } from './language.ts'

export const shellWords = inBoth(
  {
    product: 'Launch Studio',
    skip: '본문으로 건너뛰기',
    places: '화면',
    place: {
      talk: '대화',
      brief: '브리프',
      run: '실행',
      package: '패키지',
      library: '보관함',
    },
    newTalk: '새 대화',
    theme: {
      system: '화면 밝기: 기기 설정대로',
      light: '화면 밝기: 밝게',
      dark: '화면 밝기: 어둡게',
    },
    otherLanguage: 'English',
    close: '닫기',
    dismiss: '알림 닫기',
    loading: '불러오는 중',
    reload: '새로 고침',
  },
  {
    product: 'Launch Studio',
    skip: 'Skip to the content',
    places: 'Screens',
    place: {
      talk: 'Talk',
      brief: 'Brief',
      run: 'Run',
      package: 'Package',
      library: 'Library',
    },
    newTalk: 'New conversation',
    theme: {
      system: 'Appearance: same as the device',
      light: 'Appearance: light',
      dark: 'Appearance: dark',
    },
    otherLanguage: '한국어',
    close: 'Close',
    dismiss: 'Dismiss the message',
    loading: 'Loading',
    reload: 'Reload',
  },
)
