import { inBoth } from './language.ts'

export const libraryWords = inBoth(
  {
    emptyTitle: '보관함이 비어 있습니다',
    empty: '나눈 대화와 만든 패키지를 여기에서 다시 찾습니다.',
  },
  {
    emptyTitle: 'Nothing here yet',
    empty: 'Your conversations and packages are found again here.',
  },
)
