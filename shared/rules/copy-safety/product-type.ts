import { type ProductType, productTypes } from '../../contracts/copy-safety.ts'
import { matchingText } from './matching-text.ts'
import {
  forChildren,
  generalGoods,
  otherGoods,
  specialGoods,
  unlisted,
} from './product-vocabulary.ts'

/** Longer than any category or name. */
const maxLength = 2_000

/** Korean words are spaced in many ways. */
const comparable = (text: string): string =>
  matchingText(text.slice(0, maxLength)).plain.text.replace(/(?<=[가-힣]) | (?=[가-힣])/g, '')

/** `건강기능식품` says which law holds; `비타민` may be sold under either. */
const declared = /건강기능식품|건기식|\bhealth[ -]?functional[ -]?foods?\b/u
const either: readonly ProductType[] = ['health_functional_food', 'food']

/** Where the last word of a vocabulary ends; -1 for none. */
const lastEnd = (text: string, words: RegExp): number => {
  let end = -1
  for (const { 0: word, index } of text.matchAll(new RegExp(words.source, 'gu')))
    end = index + word.length
  return end
}

/** Both languages name the thing last: a green-tea toner is a toner. */
const specialTypesOf = (text: string): readonly ProductType[] => {
  if (declared.test(text)) return ['health_functional_food']
  const ends = specialGoods.map(([type, words]) => ({ type, end: lastEnd(text, words) }))
  const last = Math.max(...ends.map(({ end }) => end))
  const types = last < 0 ? [] : ends.filter(({ end }) => end === last).map(({ type }) => type)
  // An unlicensed massager is judged by what may not be said of general goods.
  if (types.includes('medical_device')) return ['medical_device', 'general']
  return types.includes('health_functional_food') ? either : types
}

/** Null: the text does not say. */
const typesOf = (text: string): readonly ProductType[] | null => {
  if (unlisted.test(text)) return productTypes
  const special = specialTypesOf(text)
  if (special.includes('medical_device')) return special
  if (generalGoods.test(text)) return ['general']
  if (special.length > 0) return special
  return otherGoods.test(text) ? ['general'] : null
}

/** A list names several goods. */
const typesOfList = (text: string): readonly ProductType[] | null => {
  const found = text.split(/[,/·&+>|]/).map(typesOf)
  const known = found.filter((types) => types !== null)
  return known.length === 0 ? null : known.flat()
}

/**
 * Which laws hold for a product.
 * @param category free text, Korean or English
 * @param hints name, features: read when the category alone does not say
 * @returns a category that says nothing: all types, the strictest
 */
export const productTypesOf = (category: string, hints: readonly string[] = []): ProductType[] => {
  const [own, ...others] = [category, ...hints].map(comparable)
  const types = new Set(
    typesOfList(own ?? '') ??
      others.map(typesOfList).find((found) => found !== null) ??
      productTypes,
  )
  if ([own ?? '', ...others].some((text) => forChildren.test(text))) types.add('children')
  return productTypes.filter((type) => types.has(type))
}
