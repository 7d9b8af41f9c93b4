/** The chapters of `docs/copy-safety.md` that list laws and rules. */
import type { ProductType } from '../../shared/contracts/copy-safety.ts'
import { productTypes } from '../../shared/contracts/copy-safety.ts'
import type { CopyRule } from '../../shared/rules/copy-safety/copy-rule.ts'
import { citationOf, laws } from '../../shared/rules/copy-safety/laws.ts'
import { copyRules } from '../../shared/rules/copy-safety/pack.ts'

export const typeNames: Readonly<Record<ProductType, string>> = {
  cosmetics: 'cosmetics',
  food: 'food',
  health_functional_food: 'health functional food',
  quasi_drug: 'quasi-drugs',
  medical_device: 'medical devices',
  children: 'products and ads for children',
  general: 'everything else',
}

/** Text that stands in a table cell or a list: no line breaks, no bars, no emphasis by accident. */
const plain = (text: string): string => text.replace(/\s+/g, ' ').replace(/([|*_<>`])/g, '\\$1')

/** A quoted example; characters that cannot be seen are written as escapes. */
const quoted = (text: string): string => {
  const visible = text.replace(
    /[\p{Cf}\u115f\u1160\u3164\uffa0]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )
  return `“${plain(visible)}”`
}

const typesOf = ({ productTypes: types }: CopyRule): string =>
  types === 'all' ? 'all products' : types.map((type) => typeNames[type]).join(', ')

/** `since 2026-11-27`, or nothing for a rule without dates. */
export const datesOf = ({ effectiveFrom, effectiveUntil }: CopyRule): string =>
  [
    effectiveFrom === null ? [] : `since ${effectiveFrom}`,
    effectiveUntil === null ? [] : `until ${effectiveUntil}`,
  ]
    .flat()
    .join(', ')

/** `art. 13(1), item 1`: the law is the heading above. */
const articleOf = (rule: CopyRule): string =>
  plain(
    citationOf(rule, 'en-US')
      .replace(laws[rule.law]?.title.en ?? '', '')
      .trim(),
  )

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

/** What rules of one family have in common; they are listed under it. */
const familyOf = (rule: CopyRule): string => {
  const { severity, explanation, evidenceThatAllows } = rule
  const facts = [
    severity === 'block' ? 'Blocked' : 'Needs evidence',
    typesOf(rule),
    articleOf(rule),
    datesOf(rule) || [],
    evidenceThatAllows === null
      ? 'nothing allows it'
      : `allowed by: ${plain(evidenceThatAllows.description.en)}`,
  ].flat()
  return `**${sentence(plain(explanation.en))}** ${facts.join(' · ')}`
}

const itemOf = ({ id, guidelinePage, examplesBad, examplesGood }: CopyRule): string => {
  const [bad, good] = [examplesBad[0], examplesGood[0]]
  return [
    `- \`${id}\``,
    guidelinePage === null ? '' : ` (${plain(guidelinePage)})`,
    bad === undefined ? '' : `: not ${quoted(bad)}`,
    good === undefined ? '' : `; this passes: ${quoted(good)}`,
  ].join('')
}

const familyChapter = ([family, rules]: [string, CopyRule[] | undefined]): string =>
  [family, '', ...(rules ?? []).map(itemOf), ''].join('\n')

const rulesOf = (key: string): CopyRule[] => copyRules.filter(({ law }) => law === key)

/** Markdown links hold no spaces and no Hangul. */
const linkOf = (url: string): string => encodeURI(decodeURI(url))

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')

const usedLaws = (): [string, (typeof laws)[string]][] =>
  Object.entries(laws).filter(([key]) => rulesOf(key).length > 0)

const rowOfLaw = ([key, { title, url }]: [string, (typeof laws)[string]]): string => {
  const rules = rulesOf(key)
  const blocking = rules.filter(({ severity }) => severity === 'block').length
  const articles = [...new Set(rules.map(({ article }) => article))].join(', ')
  const name = `[${title.en}](#${anchorOf(title.en)})`
  return `| ${name} | [${title.ko}](${linkOf(url)}) | ${articles} | ${rules.length} | ${blocking} |`
}

export const lawsTable = (): string =>
  [
    '| law or guideline | Korean title, with its source | articles used | rules | of them blocking |',
    '|---|---|---|---:|---:|',
    ...usedLaws().map(rowOfLaw),
  ].join('\n')

export const typesTable = (): string => {
  const count = (type: ProductType, severity: CopyRule['severity']): number =>
    copyRules.filter(
      (rule) =>
        rule.severity === severity &&
        (rule.productTypes === 'all' || rule.productTypes.includes(type)),
    ).length
  return [
    '| product type | in the API | rules that block | rules that ask for evidence |',
    '|---|---|---:|---:|',
    ...productTypes.map(
      (type) =>
        `| ${typeNames[type]} | \`${type}\` | ${count(type, 'block')} | ${count(type, 'needs_evidence')} |`,
    ),
  ].join('\n')
}

export const ruleChapters = (): string =>
  usedLaws()
    .map(([key, { title, url }]) =>
      [
        `### ${title.en}`,
        '',
        `[${title.ko}](${linkOf(url)})`,
        '',
        ...Object.entries(Object.groupBy(rulesOf(key), familyOf)).map(familyChapter),
      ].join('\n'),
    )
    .join('\n')
