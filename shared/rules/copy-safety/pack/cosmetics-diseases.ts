import { either, near } from './claims.ts'
import { medicineLike } from './cosmetics-medicine.ts'
import { family } from './family.ts'

/** `치료` in words for people, places and pastimes. */
const otherTherapy =
  /(?:물리|심리|미술|음악|언어|놀이|작업|운동|향기|원예|독서)\s?치료(?:사|실)?|치료(?:사|비|실|법사|감호)/u

/** Cures, and the diseases that a cosmetic may not name. */
export const cosmeticsDiseaseRules = family(medicineLike, [
  {
    id: 'cure',
    pattern:
      /완치|완쾌|근치|치료|처방전|약효|\bcur(?:e[sd]?|ing)\b(?! (?:leather|ham|meat|resin|wood|concrete))|\btreat(?:s|ed|ing)? (?:acne|eczema|disease|illness|infection|skin (?:disease|problem|condition)|psoriasis|rosacea|dermatitis)|\bremed(?:y|ies)\b(?! for (?:boring|dull|busy|gr[ae]y|monday|bad))|큐어\s?(?:크림|세럼|앰플|효과)|테라피\s?효과|(?:피부과|병원|약국|연고|스테로이드)[을를에]?\s?(?:끊|졸업|갈\s?(?:일|필요)|안\s?(?:가|쓰|바르)|이제\s?그만)|(?:먹는|병원)\s?약\s?(?:대신|보다)|(?:연고|항생제|스테로이드|약|주사)보다\s?(?:낫|강|빠|좋|뛰어|순하|효과|확실)/u,
    exceptions: [
      /마음[이을의]?\s?(?:치료|치유)[^.!?\n]{0,10}/u,
      otherTherapy,
      /치료\s?중인\s?(?:분|환자|가족|친구)[^.!?\n]{0,24}(?:선물|의사|상담)/u,
      /약효\s?(?:성분표|기간)|젤\s?큐어|(?:uv|led|젤|gel)[^.!?]{0,10}\bcur(?:e[sd]?|ing)\b/u,
    ],
    bad: [
      '100% 완치! 세계 최고 1위',
      '여드름 완 치',
      '트러블을 치료해 드립니다',
      'ㅊㅣ료 크림',
      '피부 고민, 한 달이면 완쾌',
      'This cream cures eczema.',
      '피부과 끊었습니다. 이유는 묻지 마세요',
      '먹는 약 대신 바르는 크림',
      '연고보다 낫다는 말, 왜 나올까요?',
      '항생제보다 강한 진정 효과',
      '치료 아닌 치료',
      '완치가 안 될 리 없다',
    ],
    good: [
      '이 제품은 치료가 아닙니다',
      '물리치료사의 하루를 위한 핸드크림',
      '완치라는 말은 하지 않습니다',
      'Not intended to diagnose, treat, cure or prevent any disease.',
      '치료 효과를 주장하지 않아요',
      '피부 질환 치료 중인 분은 의사와 상담 후 사용하세요',
    ],
  },
  {
    id: 'healing',
    guidelinePage: '안내서-0086-07 p. 11',
    pattern: either(
      /치유/u,
      near('피부|상처|트러블|두피|장벽|손상', '힐링', 8),
      /힐링\s?(?:크림|세럼|앰플|연고|밤|성분|에센스)|\bheal(?:s|ed|ing)?\b/u,
    ),
    exceptions: [
      /(?:마음|영혼|일상|지친 하루|자연|숲|향|음악)[^.!?]{0,8}(?:치유|치료)|치유\s?농(?:장|업|원)|치유의\s?(?:숲|시간|향|음악|여행)/u,
    ],
    bad: [
      '손상된 피부를 치유합니다',
      '피부 힐링 크림',
      'Heals damaged skin overnight',
      '민감한 피부가 스스로 치유되는 힘',
    ],
    good: ['힐링 타임을 위한 라벤더 향', '지친 하루 치유의 시간', '숲속 힐링 무드의 바디워시'],
  },
  {
    id: 'atopy',
    pattern:
      /아토피|아토픽|(?<![ㄱ-ㅎ])ㅇㅌㅍ(?![ㄱ-ㅎ])|습진|피부염|\batop(?:y|ic)\b|\beczema|\bdermatitis/u,
    exceptions: [/아토피안/u],
    bad: [
      '아토피 피부를 위한 순한 로션',
      'ㅇㅏ토피 걱정 끝',
      'ㅇ ㅏ 토 피 아기도 안심',
      '습진이 사라지는 보습',
      '접촉성 피부염 완화',
      'For eczema-prone skin',
    ],
    good: ['건조한 피부를 위한 순한 로션', '아토피 치료제가 아닙니다', '피부 연구소가 만든 로션'],
  },
  {
    id: 'demodex',
    pattern: /모낭충|모낭염|데모덱스|\bdemodex|\bfolliculitis/u,
    bad: ['모낭충까지 싹 잡는 클렌저', '등드름 모낭염 케어 바디워시'],
    good: ['모공 속까지 말끔한 클렌저', '모낭충을 없애는 제품이 아닙니다'],
  },
  {
    id: 'psoriasis',
    pattern: /(?<![가-힣])건선(?![물거택정수생반박을]|\s?(?:물|택))|(?<=피부\s?)건선|\bpsoriasis/u,
    bad: ['건선 피부도 편안하게', '건선, 습진에 바르는 크림', 'Relief for psoriasis'],
    good: ['이건 선물하기 좋은 크림', '그건 선택의 문제예요', '건선물 대신 생화 세트'],
  },
  {
    id: 'skin-disease',
    pattern:
      /무좀|백선|어루러기|두드러기|대상포진|헤르페스|사마귀(?!\s?(?:그림|캐릭터))|티눈|지루성|백반증|켈로이드|옴(?:진드기|증)|농가진|봉와직염|포진|수포|수두|\bwarts?\b|\bskin tags?|\bfungus|\bathlete'?s foot|\bringworm|\bhives\b|\bherpes|\bseborrh/u,
    exceptions: [/지루성\s?없/u],
    bad: ['발 무좀까지 케어하는 풋크림', '지루성 두피염에 좋은 샴푸', '두드러기가 가라앉아요'],
    good: ['발 각질을 부드럽게 하는 풋크림', '지루할 틈 없는 여섯 가지 향'],
  },
  {
    id: 'pruritus',
    pattern: either(/소양증|소양감|\bpruritus/u, near('가려움증', '치료|완치|낫', 6)),
    bad: ['노인성 소양증을 위한 보습제', '소양감 완화 로션'],
    good: ['소양강 물안개를 닮은 향', '보습으로 편안한 하루'],
  },
])
