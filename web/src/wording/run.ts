import { inBoth } from './language.ts'

export const runWords = inBoth(
  {
    emptyTitle: '아직 실행이 없습니다',
    empty: '브리프가 채워지면 여기에서 조사부터 패키지까지 한 단계씩 볼 수 있습니다.',
  },
  {
    emptyTitle: 'No run yet',
    empty: 'Once the brief is filled, research, strategy and copy appear here step by step.',
  },
)
