import { expect, test } from 'vitest'
import { stageNames } from '../../../shared/contracts/agents.ts'
import { modelLimits, speechLimit, transcriptionLimit } from '../../../shared/rules/model-limits.ts'
import {
  distributionMs,
  followMs,
  functionMs,
  gatewayMs,
  launchWaitMs,
  maxDeadlineMs,
  maxFunctionMs,
  maxTranscriptionMs,
  stageAheadMs,
  stageMs,
  stageTaskMs,
  stageWorkerMs,
  turnMs,
  turnTimes,
  voiceTurnMs,
} from '../../../shared/rules/time-budgets.ts'

const { planner, research, strategy, creative, voice } = modelLimits
const usualDeadlines = {
  planner: planner.deadlineMs,
  picture: modelLimits.picture.deadlineMs,
  research: research.deadlineMs,
  strategy: strategy.deadlineMs,
  creative: creative.deadlineMs,
  voice: voice.deadlineMs,
}
/** All calls of a turn. */
const budgets = {
  usual: planner.deadlineMs * planner.budget,
  longest: maxDeadlineMs('planner') * planner.budget,
}

/** Each pair: the first has to fit into the second. */
const fits: Array<[what: string, inner: number, outer: number]> = [
  ['a first try of the planner in its route', modelLimits.planner.deadlineMs, turnMs.http],
  ['a turn in its route', turnMs.http, gatewayMs.httpIntegration],
  ['a voice turn in its route', voiceTurnMs.httpWait, gatewayMs.httpIntegration],
  [
    'a call for a transcript in what a socket waits',
    transcriptionLimit.deadlineMs,
    voiceTurnMs.socketTranscript,
  ],
  [
    'a transcript over a socket in its turn',
    voiceTurnMs.socketTranscript + turnMs.http,
    turnTimes(budgets.usual).socketAnswer,
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
    stageTaskMs(stage, usualDeadlines),
    stageWorkerMs(usualDeadlines),
  ]),
  ...stageNames.map((stage): [string, number, number] => [
    `${stage} begun ahead in a worker that has just started`,
    stageAheadMs(usualDeadlines[stage] * modelLimits[stage].budget),
    stageWorkerMs(usualDeadlines),
  ]),
  ...stageNames.map((stage): [string, number, number] => [
    `the longest ${stage} in the longest function`,
    stageWorkerMs({ ...usualDeadlines, [stage]: maxDeadlineMs(stage) }),
    maxFunctionMs,
  ]),
  ...Object.entries(budgets).flatMap(([how, model]): [string, number, number][] => {
    const times = turnTimes(model, maxTranscriptionMs)
    return [
      [`a turn of the ${how} settings in its lease`, model, times.lease],
      [`the lease of the ${how} settings in its function`, times.lease, times.function],
      [
        `a voice turn over a socket with the ${how} settings in its function`,
        times.socketAnswer,
        times.function,
      ],
      [
        `a turn behind a streamed recording with the ${how} settings`,
        model + voiceTurnMs.streamMargin,
        times.streamAnswer,
      ],
      [
        `a launch and a turn of the ${how} settings in their stream`,
        launchWaitMs.stream + model,
        times.stream,
      ],
      [`the stream of the ${how} settings in the longest function`, times.stream, maxFunctionMs],
      [
        `a transcript that came late, with the ${how} settings, in the longest function`,
        times.transcriptionFinished,
        maxFunctionMs,
      ],
    ]
  }),
]

test.each(fits)('%s', (_, inner, outer) => {
  expect(inner).toBeLessThanOrEqual(outer)
})
