import { inBoth } from './language.ts'

export const packageWords = inBoth(
  {
    emptyTitle: '아직 패키지가 없습니다',
    empty: '실행이 끝나면 포지셔닝, 주간 계획, 카피와 포스터가 여기에 모입니다.',
  },
  {
    emptyTitle: 'No package yet',
    empty: 'When a run is done, positionings, the week, copies and posters come together here.',
  },
)
