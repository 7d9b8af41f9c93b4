import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'

/**
 * Logs carry `request_id`, `session_id` and `run_id`, and never the text of a message, a prompt or
 * an answer.
 */
export const log = new Logger({ serviceName: 'launch-studio' })

const metrics = new Metrics({ namespace: 'LaunchStudio', serviceName: 'launch-studio' })

export type MetricName =
  | 'StageLatency'
  | 'StageFailure'
  | 'TurnLatency'
  | 'TurnFailure'
  | 'TranscriptionLatency'
  | 'VoiceTurn'
  | 'DroppedEvidence'
  | 'ModelTokens'
  | 'SocketPushFailure'
  | 'SpeechLatency'
  | 'SpeechFailure'
  | 'CopyRejected'

/** Records one value immediately; `dimensions` must have few distinct values. Latencies are in milliseconds. */
export const measure = (
  name: MetricName,
  value: number,
  dimensions: Record<string, string> = {},
): void => {
  const metric = metrics.singleMetric()
  metric.addDimensions(dimensions)
  metric.addMetric(
    name,
    name.endsWith('Latency') ? MetricUnit.Milliseconds : MetricUnit.Count,
    value,
  )
}
