import { flaws, vanishing } from './betterment.ts'
import { appearance, approved, covered, either, near, relief, testOf } from './claims.ts'
import { family } from './family.ts'

const shared = {
  productTypes: ['cosmetics'],
  law: 'cosmetics_act',
  article: '13(1)',
  item: '1',
} as const

const page10 = '안내서-0086-07 p. 10'

const claimOf = { severity: 'needs_evidence', guidelinePage: page10 } as const

/** Effects that may be claimed with proof. */
export const cosmeticsProvableRules = family(
  {
    ...shared,
    ...claimOf,
    id: 'cosmetics.provable',
    explanation: {
      ko: '이 제품의 인체적용시험 등 실증자료가 있어야 쓸 수 있는 표현입니다.',
      en: 'It may be said only with a test of this product that proves it.',
    },
  },
  [
    {
      id: 'ageing',
      pattern: either(
        near(
          '(?<!저속\\s?)(?:피부\\s?)?노화',
          '방지|예방|억제|지연|개선|완화|늦[추춰춥]|막|되돌|역전|멈|케어|관리|거[스슬]|고민|끝|정복|잡',
          8,
        ),
        /안티\s?-?\s?에이징|항\s?노화|저속\s?노화|슬로우?\s?에이징|웰\s?에이징|역노화|에이지\s?(?:리스|리버스|디파잉)|\banti-?\s?ag(?:e|e?ing)|\bage[- ](?:defying|reversing|less)|\bslow[- ]?ag(?:e?ing)/u,
        /(?:젊음|동안)[을를]?\s?(?:되찾|되돌|돌려)|회춘|늙지\s?않|안\s?늙|늙는\s?속도|노화[를을]?\s?거꾸로|젊어[지졌진집]|피부가?\s?젊|젊은\s?피부|\byounger[- ]looking|\blook younger|(?:나이|세월|시간)[가를을이]?\s?(?:거꾸로|되돌|거스[르른를])/u,
      ),
      evidenceThatAllows: testOf('노화|에이징|주름|탄력|ag(?:e?ing)', '피부 노화', 'skin ageing'),
      bad: [
        '피부 노화를 늦추는 세럼',
        '안티에이징 크림',
        '저속노화 스킨케어',
        '거울 속 나이가 거꾸로 간다',
        'Anti-aging night cream',
      ],
      good: ['노화학회 포스터와 무관한 향수', '나이에 어울리는 향'],
    },
    {
      id: 'cellulite',
      pattern: /셀룰[라레]이[트드]|오렌지\s?껍질\s?피부|\bcellulite/u,
      evidenceThatAllows: testOf('셀룰|cellulite', '셀룰라이트 일시적 감소', 'cellulite'),
      bad: ['셀룰라이트 감소 바디크림', '울퉁불퉁 셀룰라이트 안녕', 'Anti-cellulite oil'],
      good: ['셀룰로오스 시트 마스크', '매끈하게 발리는 바디크림'],
    },
    {
      id: 'puffiness',
      pattern:
        /(?<![가-힣])붓기|(?<=[ 굴눈침밤리])붓기|(?<![가-힣])부기(?=[가를\s])|부종|다크\s?서클|\bpuff(?:y|iness)|\bdark circles?|\bde-?puff/u,
      exceptions: [covered('다크\\s?서클'), /(?:conceal|cover)[a-z]* (?:your |up )?dark circles?/u],
      evidenceThatAllows: testOf(
        '붓기|부기|부종|다크\\s?서클|dark circle|puff',
        '붓기·다크서클 완화',
        'puffiness or dark circles',
      ),
      bad: [
        '아침 붓기 쏙 빼는 아이패치',
        '다크서클 완화 아이크림',
        '다리 부종 케어 젤',
        'Reduces puffiness and dark circles',
      ],
      good: ['다크서클을 가려 주는 컨실러', '쏟아붓기 좋은 입욕제'],
    },
    {
      id: 'collagen',
      pattern: either(
        near(
          '콜라겐|엘라스틴|히알루론산|효소|필라그린|세라마이드',
          '증가|생성|합성|촉진|늘[어려리]|차오르|부스팅|생산|활성|채[워우]|재건|복원',
          8,
        ),
        /\b(?:boost|stimulat|increas|build|promot|support)[a-z]* (?:your |skin'?s? |natural )?(?:collagen|elastin)|\b(?:collagen|elastin) (?:boost|production|synthesis|stimul)/u,
      ),
      exceptions: [
        /(?:콜라겐|히알루론산|세라마이드)[을를]?\s?(?:가득\s?)?채[워우][^.!?]{0,4}(?:용기|병|담)/u,
      ],
      evidenceThatAllows: testOf(
        '콜라겐|엘라스틴|효소|히알루론|세라마이드|필라그린|collagen|elastin',
        '콜라겐·효소 증가',
        'the increase of collagen or enzymes',
      ),
      bad: [
        '콜라겐 생성을 촉진하는 세럼',
        '콜라겐이 차오르는 피부',
        '효소 활성 크림',
        'Boosts collagen production',
      ],
      good: ['콜라겐을 담은 수분 세럼', '가수분해 콜라겐 함유'],
    },
    {
      id: 'hair-thickness',
      pattern: either(
        near('모발|머리카락|머릿결', '굵어[지져졌진집]|굵기|두께\\s?증가|두꺼워', 8),
        near('빠지는\\s?(?:모발|머리)|모발\\s?(?:빠짐|탈락)', '감소|줄|완화|개선|방지', 8),
        /\bthick(?:er|ens?) hair\b|\bless hair fall|\bhair[- ]fall/u,
      ),
      evidenceThatAllows: testOf(
        '모발|머리카락|hair',
        '모발의 굵기나 빠짐',
        'the thickness or fall of hair',
      ),
      bad: ['가는 모발이 굵어지는 샴푸', '빠지는 모발 감소', 'Thicker hair in a month'],
      good: ['굵은 웨이브를 오래 잡아 주는 스프레이', '모발을 부드럽게 코팅'],
    },
    {
      id: 'lifting',
      pattern: either(
        /리프팅|\blifting\b|\bfirm(?:s|ing) (?:and lift|sagging)|\bsagging/u,
        near(
          '피부\\s?처짐|처진\\s?(?:피부|턱|볼|눈가)|늘어진\\s?(?:피부|모공|턱)',
          `${relief}|끌어\\s?올|당겨|탱탱|올려`,
          8,
        ),
      ),
      exceptions: [/(?:카드|커피|컬)\s?리프팅|속눈썹\s?리프팅|웨이트\s?리프팅/u],
      evidenceThatAllows: testOf(
        '리프팅|처짐|탄력|lifting|sagging|firm',
        '피부 처짐 개선',
        'sagging skin',
      ),
      bad: ['리프팅 크림', '처진 턱을 끌어올려 주는 앰플', 'Lifting and firming serum'],
      good: ['뚜껑을 들어 올리면 퍼지는 향', '피부결을 매끈하게'],
    },
    {
      id: 'moisture-depth',
      pattern: either(
        near(
          '피부\\s?(?:속\\s?)?(?:깊은\\s?곳|깊숙이|깊숙한|깊이|진피|속\\s?층)|진피층?|기저층|각질층\\s?(?:\\d+|열)\\s?층',
          '흡수|침투|도달|전달|스며|채[워우]|까지',
          8,
        ),
        /(?:\d+|열)\s?층\s?(?:까지|속까지|깊이)|\bpenetrates? (?:deep|the dermis|into)|\bdeep into (?:the )?(?:skin|dermis)/u,
      ),
      evidenceThatAllows: testOf(
        '흡수|침투|전달|진피|각질층|penetrat|absor',
        '피부 흡수',
        'absorption into the skin',
      ),
      bad: [
        '진피까지 침투하는 앰플',
        '피부 깊숙이 전달되는 영양',
        'Penetrates deep into the dermis',
      ],
      good: ['끈적임 없이 스며드는 로션', '산뜻하게 흡수되는 제형'],
    },
    {
      id: 'vanishing',
      pattern: near(flaws, vanishing, 22),
      exceptions: [
        covered(flaws),
        approved('주름|미백|기미|탈모|여드름성?|튼\\s?살'),
        appearance,
        /(?:주름|모공)[^.!?]{0,8}(?:부각|끼임|끼지|없이\s?(?:밀착|발리|붙)|커버|블러|메[워우])[^.!?]{0,10}/u,
        /[^.!?\n]{0,24}(?:병원|피부과|의사|전문의)[^.!?\n]{0,16}/u,
        /마음[^.!?]{0,8}상처[^.!?]{0,20}|상처[^.!?]{0,4}마음[^.!?]{0,20}|[^.!?\n]{0,20}약속(?:은|을)?\s?하지[^.!?\n]{0,10}/u,
        /더위[^.!?]{0,10}기미[^.!?]{0,20}/u,
      ],
      evidenceThatAllows: testOf(
        '주름|모공|기미|잡티|색소|다크\\s?서클|붓기|탄력|트러블|홍조|튼\\s?살',
        '피부 고민의 개선',
        'the flaw becoming less',
      ),
      bad: [
        '눈가 주름이 다림질한 듯',
        '이거 바르면 기미 안 생겨요',
        '모공이 1/3로 쪼그라드는 경험',
        '상처가 흔적도 없이',
      ],
      good: [
        '모공 속까지 말끔한 클렌저',
        '흉터를 감쪽같이 가려 주는 커버력',
        '주름 없이 밀착되는 시트',
      ],
    },
    {
      id: 'pores',
      pattern: either(
        near(
          '모공',
          '축소|수축|작아[지져진집]|조[여이]|줄[어이여]|사라|없[애앤어]|삭제|타이트닝|실종|개선',
          8,
        ),
        /\b(?:shrink|minimi[sz]|tighten|reduc)[a-z]* (?:the appearance of )?(?:your )?pores/u,
      ),
      exceptions: [/모공[^.!?]{0,8}(?:커버|가려|메[워우]|블러)/u],
      evidenceThatAllows: testOf('모공|pore', '모공 개선', 'pores'),
      bad: ['모공 축소 세럼', '늘어진 모공을 꽉 조여요', 'Shrinks pores'],
      good: ['모공을 매끈하게 커버하는 프라이머', '모공 속 메이크업까지 말끔하게'],
    },
  ],
)
