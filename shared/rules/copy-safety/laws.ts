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
export const citationOf = ({ law, article, item }: CopyRule, locale: Locale): string => {
  const title = laws[law]?.title
  if (locale === 'ko-KR') {
    const articleKo = koreanArticle(article)
    const itemKo = item === null ? '' : koreanItem(item)
    return `${title?.ko ?? law} ${articleKo}${articleKo.startsWith('별표') && itemKo ? ' ' : ''}${itemKo}`
  }
  const form = articleForm.test(article) ? `art. ${article}` : article
  return `${title?.en ?? law} ${form}${item === null ? '' : `, item ${item}`}`
}
