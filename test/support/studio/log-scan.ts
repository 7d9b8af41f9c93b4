import { readFile } from 'node:fs/promises'

/** Stands in every secret and every piece of personal data that tests plant; no line may hold it. */
export const canary = 'c4n4ry'

/** Secrets that came up meanwhile: tokens, tickets, signatures. */
const planted = new Set<string>()
export const plant = (secret: string): void => {
  planted.add(secret)
}

/** What no line holds, whoever writes it: our own sentences are in English, and ids have other forms. */
const forbidden: [what: string, pattern: RegExp][] = [
  ['planted text', new RegExp(canary.split('').join('[^a-z0-9]?'), 'i')],
  [
    'Korean, which only people, prompts and models write',
    /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/,
  ],
  ['a token', /eyJ[\w-]{6,}/],
  ['a bearer token', /bearer\s/i],
  ['a signed link', /X-Amz-(?:Signature|Credential|Security-Token)/i],
  ['an e-mail address', /[\w.]@[\w-]+\.[a-z]{2,}/i],
  ['a telephone number', /(?<![\w.-])(?:\+82|01\d)[-. ]?\d{3,4}[-. ]?\d{4}(?!\w)/],
  ['a resident registration number', /(?<!\d)\d{6}[-. ][1-8]\d{6}(?!\d)/],
]

const finding = (line: string): string | undefined => {
  const found = forbidden.find(([, pattern]) => pattern.test(line))
  if (found) return found[0]
  for (const secret of planted) if (line.includes(secret)) return 'a planted secret'
  return undefined
}

export interface LogScan {
  /** Takes a line of the engine itself. */
  takeEngineLine(line: string): void
  /** Every line so far: of the functions, then of the engine. */
  lines(): Promise<string[]>
  /** Looks through the lines that came since the last time. @throws naming the line and its origin */
  scan(): Promise<void>
}

/** Reads what the functions and the engine of one studio wrote. */
export const createLogScan = (functionLog: string): LogScan => {
  const engineLines: string[] = []
  const scanned = { functions: 0, engine: 0 }
  const functionLines = async (): Promise<string[]> =>
    (await readFile(functionLog, 'utf8')).split('\n').filter((line) => line !== '')
  return {
    takeEngineLine: (line) => engineLines.push(`engine | ${line}`),
    lines: async () => [...(await functionLines()), ...engineLines],
    async scan() {
      const written = await functionLines()
      const news = [...written.slice(scanned.functions), ...engineLines.slice(scanned.engine)]
      scanned.functions = written.length
      scanned.engine = engineLines.length
      const found = news.flatMap((line) => {
        const what = finding(line)
        return what === undefined ? [] : [`${what} in: ${line}`]
      })
      if (found.length > 0) throw new Error(`Lines that must not be written:\n${found.join('\n')}`)
    },
  }
}
