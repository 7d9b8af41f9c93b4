import { any } from './deceit-words.ts'
import { family } from './family.ts'

/** Terms that shut out the withdrawal within seven days. */
export const withdrawalRules = family(
  {
    id: 'general.withdrawal',
    productTypes: 'all',
    law: 'ecommerce_act',
    article: '17(1)',
    severity: 'block',
    guidelinePage: '전자상거래 등에서의 소비자보호 지침',
  },
  [
    {
      id: 'no_return',
      pattern: any(
        '(?:어떤\\s?(?:이유|경우|사유)|어떠한\\s?(?:이유|경우|사유)|이유\\s?불문|무조건|절대|일절|일체|전\\s?상품|모든\\s?상품|(?:세일|할인|특가|이벤트|행사|기획|이월)\\s?상품|결제\\s?(?:후|하면|하신)|구매\\s?후|입금\\s?후|주문\\s?후|등록\\s?후|흰색\\s?(?:옷|제품)|불량이?(?:어도|라도))[^.!?\\n]{0,24}?(?:환불|반품|취소|교환|청약\\s?철회)(?:은|는|이|가|도|을|를)?\\s?(?:[^.!?\\n]{0,12}?(?:불가(?!피)|안\\s?(?:됩|돼|되|해)|없(?:습|음|어|다)|사절|거절|못\\s?(?:합|해))|(?:[가-힣]{1,4}\\s){0,2}?(?:되|하|받|가능하|해\\s?드리|받아\\s?드리)지[는도]?\\s?(?:않|못))',
        '(?:환불|반품|취소|교환)(?:은|는|이|도)?\\s?(?:절대|일절|일체|무조건|어떤\\s?경우에도)\\s?(?:불가|안\\s?(?:됩|돼|되|해)|없|사절)',
      ),
      exceptions: [
        /[^.!?\n]{0,50}(?:맞춤|주문\s?제작|제작(?:에|이|을)?\s?(?:들어|시작)|각인|식품|신선|생물|개봉|음반|공연|티켓|당일|예약금|이미\s?수강|사용하신|설치\s?후|세탁)[^.!?\n]{0,50}/u,
      ],
      explanation: {
        ko: '법이 보장하는 청약철회를 막는 조건은 광고할 수 없습니다.',
        en: 'Terms that shut out the withdrawal that the law grants are not allowed.',
      },
      bad: [
        '세일 상품은 불량이어도 교환·반품 일절 안 됩니다',
        '결제 후에는 어떤 이유로도 환불 불가',
      ],
      good: ['맞춤 제작 상품은 제작 시작 후 취소가 안 됩니다', '환불은 7일 안에 신청해 주세요'],
    },
  ],
)
