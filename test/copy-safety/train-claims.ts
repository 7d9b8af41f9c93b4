/**
 * Learns the weights of the claim reader from the development lines and the rules' examples, and writes
 * `shared/rules/copy-safety/claim-weights.ts`: the same lines give the same file. Lines of the part held
 * apart are never among them.
 */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { productTypes as allTypes, type ProductType } from '../../shared/contracts/copy-safety.ts'
import { termBytes } from '../../shared/rules/copy-safety/claim-reader.ts'
import { type ClaimTerm, claimTerms } from '../../shared/rules/copy-safety/claim-terms.ts'
import { matchingText } from '../../shared/rules/copy-safety/matching-text.ts'
import { copyRules } from '../../shared/rules/copy-safety/pack.ts'
import { productTypesOf } from '../../shared/rules/copy-safety/product-type.ts'
import { readLabelledLines } from './labelled-lines.ts'

/** Lines in which a term has to occur. */
const leastLines = 2
const epochs = 60
const learningRate = 0.5
/** Holds the weights down, as C = 30 does in other libraries. */
const decayOf = (lines: number): number => 1 / (30 * lines)

interface Example {
  features: [index: number, value: number][]
  isClaim: boolean
}

/** A fixed sequence, so that training is repeatable. */
const shuffled = <T>(items: readonly T[], seed: number): T[] => {
  let state = seed >>> 0
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
  const mixed = [...items]
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = next(at + 1)
    const [one, two] = [mixed[at] as T, mixed[other] as T]
    ;[mixed[at], mixed[other]] = [two, one]
  }
  return mixed
}

/** What a text teaches: whether it claims what is to be proven or forbidden, for products of these types. */
interface Lesson {
  text: string
  types: readonly ProductType[]
  isClaim: boolean
}

/** The development lines that are judged by themselves, without proof, and the examples of every rule. */
export const taught = (): Lesson[] => [
  ...readLabelledLines('development')
    .filter(({ evidence }) => evidence === undefined)
    .map(
      ({ text, category, product_types, expected }): Lesson => ({
        text,
        types: product_types ?? productTypesOf(category),
        isClaim: expected !== 'ok',
      }),
    ),
  ...copyRules.flatMap(({ productTypes, examplesBad, examplesGood }) => {
    const types = productTypes === 'all' ? allTypes : productTypes
    return [
      ...examplesBad.map((text): Lesson => ({ text, types, isClaim: true })),
      ...examplesGood.map((text): Lesson => ({ text, types, isClaim: false })),
    ]
  }),
]

const termsOf = ({ text }: Lesson) => claimTerms(matchingText(text).plain.text)

/** How rare each term is that enough lines have, by its hash. */
const raritiesOf = (lines: readonly Lesson[]): Map<number, number> => {
  const counts = new Map<number, number>()
  for (const line of lines) {
    const { letters, words } = termsOf(line)
    for (const hash of new Set([...letters, ...words].map((term) => term.hash))) {
      counts.set(hash, (counts.get(hash) ?? 0) + 1)
    }
  }
  return new Map(
    [...counts]
      .filter(([, count]) => count >= leastLines)
      .map(([hash, count]) => [hash, 1 + Math.log((1 + lines.length) / (1 + count))]),
  )
}

const normed = (
  terms: readonly ClaimTerm[],
  rarities: Map<number, number>,
  indexOf: Map<number, number>,
): [number, number][] => {
  const counted = terms.flatMap(({ hash, weight }): [number, number][] => {
    const index = indexOf.get(hash)
    return index === undefined ? [] : [[index, weight * (rarities.get(hash) ?? 0)]]
  })
  const length = Math.sqrt(counted.reduce((sum, [, value]) => sum + value * value, 0)) || 1
  return counted.map(([index, value]) => [index, value / length])
}

/** Logistic regression by AdaGrad: the weights, of which the last one is the bias. */
const train = (examples: readonly Example[], size: number): Float64Array => {
  const weights = new Float64Array(size + 1)
  const squares = new Float64Array(size + 1).fill(1e-6)
  const decay = decayOf(examples.length)
  const step = (index: number, gradient: number): void => {
    squares[index] = (squares[index] ?? 0) + gradient * gradient
    weights[index] =
      (weights[index] ?? 0) - (learningRate * gradient) / Math.sqrt(squares[index] ?? 1)
  }
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (const { features, isClaim } of shuffled(examples, epoch + 1)) {
      const score = features.reduce(
        (sum, [index, value]) => sum + (weights[index] ?? 0) * value,
        weights[size] ?? 0,
      )
      const error = 1 / (1 + Math.exp(-score)) - (isClaim ? 1 : 0)
      for (const [index, value] of features) {
        step(index, error * value + decay * (weights[index] ?? 0))
      }
      step(size, error)
    }
  }
  return weights
}

const rounded = (value: number): number => Number(value.toPrecision(5))

const packed = (
  hashes: readonly number[],
  rarities: Map<number, number>,
  weights: Float64Array,
): { terms: string; rarity_unit: number; weight_unit: number } => {
  const rarity_unit = rounded(Math.max(...rarities.values()) / 255)
  const top = hashes.reduce((most, _, index) => Math.max(most, Math.abs(weights[index] ?? 0)), 0)
  const weight_unit = rounded(top / 127)
  const bytes = Buffer.alloc(hashes.length * termBytes)
  for (const [index, hash] of hashes.entries()) {
    const at = index * termBytes
    bytes.writeUInt32LE(hash, at)
    bytes.writeUInt8(Math.min(255, Math.round((rarities.get(hash) ?? 0) / rarity_unit)), at + 4)
    const weight = Math.round((weights[index] ?? 0) / weight_unit)
    bytes.writeInt8(Math.max(-127, Math.min(127, weight)), at + 5)
  }
  return { terms: bytes.toString('base64'), rarity_unit, weight_unit }
}

/** Known by the lines that the weights were learnt from. */
export const trainedOn = (lines: readonly Lesson[]): string =>
  createHash('sha256')
    .update(lines.map((line) => JSON.stringify(line)).join('\n'))
    .digest('hex')
    .slice(0, 16)

const learn = (lines: readonly Lesson[]): string => {
  const rarities = raritiesOf(lines)
  const hashes = [...rarities.keys()].toSorted((one, other) => one - other)
  const indexOf = new Map(hashes.map((hash, index) => [hash, index]))
  const typeAt = (type: ProductType): number => hashes.length + allTypes.indexOf(type)
  const size = hashes.length + allTypes.length
  const examples = lines.map((line): Example => {
    const { letters, words } = termsOf(line)
    const features: [number, number][] = [
      ...normed(letters, rarities, indexOf),
      ...normed(words, rarities, indexOf),
      ...line.types.map((type): [number, number] => [typeAt(type), 0.3]),
    ]
    return { features, isClaim: line.isClaim }
  })
  const weights = train(examples, size)
  const types = Object.fromEntries(
    allTypes.map((type) => [type, rounded(0.3 * (weights[typeAt(type)] ?? 0))]),
  )
  const content = {
    trained_on: trainedOn(lines),
    lines: lines.length,
    bias: rounded(weights[size] ?? 0),
    types,
    ...packed(hashes, rarities, weights),
  }
  return `/** Written by \`npm run train:claims\` from the development lines of the benchmark; not by hand. */\nexport const claimWeights = ${JSON.stringify(content)} as const\n`
}

if (process.argv[1] === import.meta.filename) {
  const path = join(import.meta.dirname, '../../shared/rules/copy-safety/claim-weights.ts')
  writeFileSync(path, learn(taught()))
}
