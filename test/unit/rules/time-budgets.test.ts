import { expect, test } from 'vitest'
import { stageNames } from '../../../shared/contracts/agents.ts'
import { modelLimits, speechLimit, transcriptionLimit } from '../../../shared/rules/model-limits.ts'
import {
  distributionMs,
  followMs,
  functionMs,
  gatewayMs,
  launchWaitMs,
  stageMs,
  stageTaskMs,
  turnMs,
  voiceTurnMs,
} from '../../../shared/rules/time-budgets.ts'

/** Each pair: the first has to fit into the second. */
const fits: Array<[what: string, inner: number, outer: number]> = [
  ['a first try of the planner in its turn', modelLimits.planner.deadlineMs, turnMs.model],
  ['a turn in its route', turnMs.model, gatewayMs.httpIntegration],
  ['a turn in a frame of a socket', turnMs.model, gatewayMs.socketIntegration],
  ['a turn in its lease', turnMs.model, turnMs.lease],
  ['a lease in its function', turnMs.lease, functionMs.turn],
  ['a voice turn in its route', voiceTurnMs.httpWait, gatewayMs.httpIntegration],
  [
    'a call for a transcript in what a socket waits',
    transcriptionLimit.deadlineMs,
    voiceTurnMs.socketTranscript,
  ],
  [
    'a transcript over a socket in its turn',
    voiceTurnMs.socketTranscript + turnMs.model,
    voiceTurnMs.socketAnswer,
  ],
  ['a voice turn over a socket in its function', voiceTurnMs.socketAnswer, functionMs.turn],
  [
    'a turn behind a streamed recording',
    turnMs.model + voiceTurnMs.streamMargin,
    voiceTurnMs.streamAnswer,
  ],
  [
    'both tries of speech in their route',
    speechLimit.deadlineMs * speechLimit.maxCalls,
    gatewayMs.httpIntegration,
  ],
  ['several heartbeats in a claim', stageMs.heartbeat * 3, stageMs.claim],
  ['a dead claim in the silence', stageMs.claim + stageMs.retake, stageMs.silence],
  ['a launch in its route', launchWaitMs.http, gatewayMs.httpIntegration],
  ['a launch in its stream', launchWaitMs.stream, distributionMs.streamRead],
  ['a stream behind CloudFront', followMs.quiet, distributionMs.streamRead],
  ['the HTTP API behind CloudFront', gatewayMs.httpIntegration, distributionMs.apiRead],
  [
    'a stream and its end in its function',
    launchWaitMs.stream + followMs.margin,
    functionMs.stream,
  ],
  ...stageNames.map((stage): [string, number, number] => [
    `a try of ${stage} in its worker`,
    stageTaskMs(stage),
    functionMs.stageWorker,
  ]),
]

test.each(fits)('%s', (_, inner, outer) => {
  expect(inner).toBeLessThanOrEqual(outer)
})
