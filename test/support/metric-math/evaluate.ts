/**
 * CloudWatch's metric math for one period, as far as our alarms use it. A metric without data is
 * undefined, and so is what is computed from it, until FILL; a division by zero gives no data point.
 */
export type Value = number | undefined

type Token = { kind: 'number' | 'name' | 'sign'; text: string }

const tokenize = (expression: string): Token[] =>
  [
    ...expression.matchAll(
      /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z]\w*)|(&&|\|\||[<>=!]=|[-+*/()<>,[\]]))/gy,
    ),
  ].map(([, number, name, sign]) => ({
    kind: number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign',
    text: number ?? name ?? sign ?? '',
  }))

const levels: string[][] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/'],
]

const operations: Record<string, (a: number, b: number) => Value> = {
  '||': (a, b) => Number(a !== 0 || b !== 0),
  '&&': (a, b) => Number(a !== 0 && b !== 0),
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
  '<': (a, b) => Number(a < b),
  '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b),
  '>=': (a, b) => Number(a >= b),
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? undefined : a / b),
}

const combined = (sign: string, a: Value, b: Value): Value =>
  a === undefined || b === undefined ? undefined : operations[sign]?.(a, b)

const over = (values: Value[], join: (known: number[]) => number): Value => {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : join(known)
}

const functions: Record<string, (parts: Value[][]) => Value> = {
  FILL: ([metric, otherwise]) => metric?.[0] ?? otherwise?.[0],
  IF: ([condition, yes, no]) =>
    condition?.[0] === undefined ? undefined : condition[0] !== 0 ? yes?.[0] : no?.[0],
  SUM: ([values = []]) => over(values, (known) => known.reduce((sum, value) => sum + value, 0)),
  MAX: ([values = []]) => over(values, (known) => Math.max(...known)),
  MIN: ([values = []]) => over(values, (known) => Math.min(...known)),
}

/** Reads by precedence, from the loosest sign to the tightest. */
const createReader = (tokens: Token[], metricOf: (id: string) => Value) => {
  let at = 0
  const isSign = (text: string): boolean => tokens[at]?.kind === 'sign' && tokens[at]?.text === text
  const take = (text: string): void => {
    if (!isSign(text)) throw new Error(`Expected ${text}, not ${tokens[at]?.text ?? 'the end'}.`)
    at += 1
  }
  const list = (close: string): Value[][] => {
    const parts: Value[][] = []
    while (!isSign(close)) {
      if (parts.length > 0) take(',')
      parts.push(isSign('[') ? array() : [expression(0)])
    }
    take(close)
    return parts
  }
  const array = (): Value[] => {
    take('[')
    return list(']').flat()
  }
  const operand = (): Value => {
    const token = tokens[at]
    if (token === undefined) throw new Error('The expression ends too soon.')
    at += 1
    if (token.kind === 'number') return Number(token.text)
    if (token.kind === 'name') {
      if (!isSign('(')) return metricOf(token.text)
      take('(')
      const apply = functions[token.text]
      if (!apply) throw new Error(`There is no function ${token.text} here.`)
      return apply(list(')'))
    }
    if (token.text !== '(') throw new Error(`Nothing begins with ${token.text}.`)
    const inner = expression(0)
    take(')')
    return inner
  }
  const expression = (level: number): Value => {
    const signs = levels[level]
    if (!signs) return operand()
    let left = expression(level + 1)
    for (;;) {
      const sign = signs.find(isSign)
      if (sign === undefined) return left
      at += 1
      left = combined(sign, left, expression(level + 1))
    }
  }
  return { expression: () => expression(0), isOver: () => at === tokens.length }
}

/** @throws Error for what is no expression, or uses more than is known here */
export const evaluate = (expression: string, metricOf: (id: string) => Value): Value => {
  const tokens = tokenize(expression)
  if (tokens.map(({ text }) => text).join('') !== expression.replaceAll(/\s/g, '')) {
    throw new Error(`This cannot be read: ${expression}`)
  }
  const reader = createReader(tokens, metricOf)
  const value = reader.expression()
  if (!reader.isOver()) throw new Error(`Something is left over: ${expression}`)
  return value
}
