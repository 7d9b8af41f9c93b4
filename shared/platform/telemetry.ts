import {
  type MetricDefinition,
  type MetricName,
  metricNamespace,
  metrics,
} from '../rules/metrics.ts'
import { systemClock } from './clock.ts'
import { environmentNames } from './environment-names.ts'
import { errorFacts } from './error-facts.ts'
import { loggableMessage, masked } from './masking.ts'
import { technicalReason } from './technical-words.ts'
import { currentFacts } from './work-facts.ts'

const levels = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const
type Level = (typeof levels)[number]

/** Names the deployment, so that several of one account are told apart. */
const deployment = (): string => process.env[environmentNames.stage] ?? 'none'

/** `LOG_LEVEL`: the least level that is written; `INFO` when not set, `SILENT` writes nothing. */
const threshold = (): number => {
  const named = process.env.LOG_LEVEL
  if (named === 'SILENT') return levels.length
  const index = (levels as readonly (string | undefined)[]).indexOf(named)
  return index < 0 ? levels.indexOf('INFO') : index
}

/** Lambda's console would wrap it in a line of its own. */
const write = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/** Whole numbers with more digits may be telephone numbers; none of ours are that large. */
const maxNumber = 9_999_999
const maxDepth = 4
const maxEntries = 20

/** A vendor's own id of a request, for its support. */
const vendorRequestId = /^(?:req[-_])?[0-9a-f-]{8,40}$/i

/** Of a vendor's reason only what servers say in general. */
const safeText = (text: string, key: string): string => {
  if (key === 'request_id' && vendorRequestId.test(text)) return text
  return key === 'message' ? technicalReason(loggableMessage(text)) : masked(text.slice(0, 400))
}

const safe = (value: unknown, key: string, depth = 0): unknown => {
  if (value instanceof Error) return errorFacts(value)
  switch (typeof value) {
    case 'string':
      return safeText(value, key)
    case 'number':
      return Math.abs(value) > maxNumber ? masked(String(value)) : value
    case 'boolean':
      return value
    case 'object': {
      if (value === null) return null
      if (depth >= maxDepth) return undefined
      if (Array.isArray(value))
        return value.slice(0, maxEntries).map((one) => safe(one, key, depth + 1))
      const entries = Object.entries(value).slice(0, maxEntries)
      return Object.fromEntries(
        entries.map(([name, one]) => [masked(name.slice(0, 60)), safe(one, name, depth + 1)]),
      )
    }
    default:
      return undefined
  }
}

/** What a line says beyond its sentence and the facts of its work; `error` may be anything that was thrown. */
export type Extra = Record<string, unknown>

const line =
  (level: Level) =>
  (message: string, extra: Extra = {}): void => {
    if (levels.indexOf(level) < threshold()) return
    const { error, ...rest } = extra
    const own = Object.fromEntries(
      Object.entries(rest).map(([key, value]) => [key, safe(value, key)]),
    )
    write({
      timestamp: new Date(systemClock.now()).toISOString(),
      level,
      deployment: deployment(),
      message,
      // What a caller of `log` names itself gives way to what is known in the one checked form.
      ...own,
      ...currentFacts(),
      ...(error === undefined ? {} : { error: errorFacts(error) }),
    })
  }

/**
 * Lines for the operator, as docs/observability.md describes them: a fixed English sentence, the ids of
 * the work in progress, and never what people, prompts or models wrote. Whatever else is passed is
 * masked and bounded.
 */
export const log = {
  debug: line('DEBUG'),
  info: line('INFO'),
  warn: line('WARN'),
  error: line('ERROR'),
}

/** Records one value at once, in CloudWatch's embedded metric format: a line, and no call. */
export const measure = (
  name: MetricName,
  value: number,
  dimensions: Record<string, string> = {},
): void => {
  if (process.env.LOG_LEVEL === 'SILENT' || process.env.METRICS_DISABLED === 'true') return
  const { unit, sets }: MetricDefinition = metrics[name]
  write({
    _aws: {
      Timestamp: systemClock.now(),
      CloudWatchMetrics: [
        {
          Namespace: metricNamespace,
          Dimensions: sets.map((set) => ['deployment', ...set]),
          Metrics: [{ Name: name, Unit: unit }],
        },
      ],
    },
    deployment: deployment(),
    ...dimensions,
    [name]: value,
  })
}
