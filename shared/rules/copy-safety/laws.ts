import type { Locale } from '../../contracts/session.ts'
import type { CopyRule, Law } from './copy-rule.ts'

const lawText = (name: string): string => `https://www.law.go.kr/법령/${name}`

/** By the key that rules name. */
export const laws: Readonly<Record<string, Law>> = {
  cosmetics_act: {
    title: { ko: '화장품법', en: 'Cosmetics Act' },
    url: lawText('화장품법'),
  },
  cosmetics_act_21709: {
    title: {
      ko: '화장품법(법률 제21709호, 2026. 11. 27. 시행)',
      en: 'Cosmetics Act (Act 21709, in force 2026-11-27)',
    },
    url: lawText('화장품법'),
  },
  cosmetics_rule: {
    title: { ko: '화장품법 시행규칙', en: 'Enforcement Rule of the Cosmetics Act' },
    url: lawText('화장품법시행규칙'),
  },
  pharmaceutical_act: {
    title: { ko: '약사법', en: 'Pharmaceutical Affairs Act' },
    url: lawText('약사법'),
  },
  medicine_safety_rule: {
    title: {
      ko: '의약품 등의 안전에 관한 규칙',
      en: 'Rule on the Safety of Medicinal Products',
    },
    url: lawText('의약품등의안전에관한규칙'),
  },
  medical_devices_act: {
    title: { ko: '의료기기법', en: 'Medical Devices Act' },
    url: lawText('의료기기법'),
  },
  medical_devices_rule: {
    title: { ko: '의료기기법 시행규칙', en: 'Enforcement Rule of the Medical Devices Act' },
    url: lawText('의료기기법시행규칙'),
  },
  fair_labelling_act: {
    title: {
      ko: '표시·광고의 공정화에 관한 법률',
      en: 'Fair Labelling and Advertising Act',
    },
    url: lawText('표시ㆍ광고의공정화에관한법률'),
  },
  food_labelling_act: {
    title: {
      ko: '식품 등의 표시·광고에 관한 법률',
      en: 'Act on Labelling and Advertising of Foods',
    },
    url: lawText('식품등의표시ㆍ광고에관한법률'),
  },
  eco_agriculture_act: {
    title: {
      ko: '친환경농어업 육성 및 유기식품 등의 관리·지원에 관한 법률',
      en: 'Act on Environment-Friendly Agriculture and Organic Foods',
    },
    url: lawText('친환경농어업육성및유기식품등의관리ㆍ지원에관한법률'),
  },
  health_promotion_act: {
    title: { ko: '국민건강증진법', en: 'National Health Promotion Act' },
    url: lawText('국민건강증진법'),
  },
  childrens_diet_act: {
    title: {
      ko: '어린이 식생활안전관리 특별법',
      en: 'Special Act on Safety of Children’s Dietary Life',
    },
    url: lawText('어린이식생활안전관리특별법'),
  },
  childrens_products_act: {
    title: {
      ko: '어린이제품 안전 특별법',
      en: 'Special Act on the Safety of Children’s Products',
    },
    url: lawText('어린이제품안전특별법'),
  },
  personal_information_act: {
    title: { ko: '개인정보 보호법', en: 'Personal Information Protection Act' },
    url: lawText('개인정보보호법'),
  },
  ecommerce_act: {
    title: {
      ko: '전자상거래 등에서의 소비자보호에 관한 법률',
      en: 'Act on Consumer Protection in Electronic Commerce',
    },
    url: lawText('전자상거래등에서의소비자보호에관한법률'),
  },
  financial_consumer_act: {
    title: {
      ko: '금융소비자 보호에 관한 법률',
      en: 'Financial Consumer Protection Act',
    },
    url: lawText('금융소비자보호에관한법률'),
  },
  environmental_technology_act: {
    title: {
      ko: '환경기술 및 환경산업 지원법',
      en: 'Environmental Technology and Industry Support Act',
    },
    url: lawText('환경기술및환경산업지원법'),
  },
  household_chemicals_act: {
    title: {
      ko: '생활화학제품 및 살생물제의 안전관리에 관한 법률',
      en: 'Act on Household Chemical Products and Biocides',
    },
    url: lawText('생활화학제품및살생물제의안전관리에관한법률'),
  },
  ai_basic_act: {
    title: {
      ko: '인공지능 발전과 신뢰 기반 조성 등에 관한 기본법',
      en: 'AI Basic Act',
    },
    url: lawText('인공지능발전과신뢰기반조성등에관한기본법'),
  },
  broadcast_ad_review_rule: {
    title: {
      ko: '방송광고심의에 관한 규정',
      en: 'Rule on the Review of Broadcast Advertising',
    },
    url: 'https://www.law.go.kr/행정규칙/방송광고심의에관한규정',
  },
  franchise_act: {
    title: { ko: '가맹사업거래의 공정화에 관한 법률', en: 'Fair Franchise Transactions Act' },
    url: lawText('가맹사업거래의공정화에관한법률'),
  },
  fdc_act: {
    title: {
      ko: '미국 연방 식품·의약품·화장품법',
      en: 'Federal Food, Drug, and Cosmetic Act',
    },
    url: 'https://www.fda.gov/regulatory-information/laws-enforced-fda/federal-food-drug-and-cosmetic-act-fdc-act',
  },
  cfr_21_101_93: {
    title: { ko: '미국 식이보충제 표시 규정', en: 'FDA rule on dietary supplement statements' },
    url: 'https://www.ecfr.gov/current/title-21/section-101.93',
  },
  ftc_act: {
    title: { ko: '미국 연방거래위원회법', en: 'Federal Trade Commission Act' },
    url: 'https://www.ftc.gov/legal-library/browse/statutes/federal-trade-commission-act',
  },
  cfr_16_233: {
    title: { ko: 'FTC 가격 표시 지침', en: 'FTC Guides Against Deceptive Pricing' },
    url: 'https://www.ecfr.gov/current/title-16/part-233',
  },
  cfr_16_239: {
    title: { ko: 'FTC 보증 광고 지침', en: 'FTC Guides for Advertising of Warranties' },
    url: 'https://www.ecfr.gov/current/title-16/part-239',
  },
  cfr_16_251: {
    title: { ko: 'FTC 무료 표시 지침', en: 'FTC Guide on the Use of “Free”' },
    url: 'https://www.ecfr.gov/current/title-16/part-251',
  },
  cfr_16_255: {
    title: { ko: 'FTC 추천·보증 지침', en: 'FTC Endorsement Guides' },
    url: 'https://www.ecfr.gov/current/title-16/part-255',
  },
  cfr_16_260: {
    title: { ko: 'FTC 환경 표시 지침', en: 'FTC Green Guides' },
    url: 'https://www.ecfr.gov/current/title-16/part-260',
  },
  cfr_16_465: {
    title: { ko: 'FTC 후기 규칙', en: 'FTC Rule on Consumer Reviews and Testimonials' },
    url: 'https://www.ecfr.gov/current/title-16/part-465',
  },
  caru_guidelines: {
    title: {
      ko: '미국 어린이광고심의기구(CARU) 지침',
      en: 'CARU Guidelines for Children’s Advertising',
    },
    url: 'https://bbbprograms.org/programs/all-programs/childrens-advertising-review-unit',
  },
}

/** `13(1)`, `8-2(1)`: article and paragraph; `annex 5`. */
const articleForm = /^(\d+)(?:-(\d+))?(?:\((\d+)\))?$/
const annexForm = /^annex (\d+)(?:-(\d+))?$/
/** `2`, `2.가`: item and its letter. */
const itemForm = /^(\d+)(?:\.([가-힣]))?$/

const sub = (number: string | undefined): string => (number === undefined ? '' : `의${number}`)

const koreanArticle = (article: string): string => {
  const [, number, branch, paragraph] = articleForm.exec(article) ?? []
  if (number !== undefined)
    return `제${number}조${sub(branch)}${paragraph === undefined ? '' : `제${paragraph}항`}`
  const [, annex, annexBranch] = annexForm.exec(article) ?? []
  return annex === undefined ? article : `별표 ${annex}${sub(annexBranch)}`
}

const koreanItem = (item: string): string => {
  const [, number, letter] = itemForm.exec(item) ?? []
  if (number === undefined) return item
  return `제${number}호${letter === undefined ? '' : `${letter}목`}`
}

/** Law, article and item of a rule, `화장품법 제13조제1항제1호` for example. */
export const citationOf = (
  { law, article, item }: Pick<CopyRule, 'law' | 'article' | 'item'>,
  locale: Locale,
): string => {
  const title = laws[law]?.title
  if (locale === 'ko-KR') {
    const articleKo = koreanArticle(article)
    const itemKo = item === null ? '' : koreanItem(item)
    return `${title?.ko ?? law} ${articleKo}${articleKo.startsWith('별표') && itemKo ? ' ' : ''}${itemKo}`
  }
  const form = articleForm.test(article) ? `art. ${article}` : article
  return `${title?.en ?? law} ${form}${item === null ? '' : `, item ${item}`}`
}
