import { Duration } from 'aws-cdk-lib'
import type { AgentName, StageName } from '../shared/contracts/agents.ts'
import { modelSettingNames as names } from '../shared/platform/environment-names.ts'
import { purchaseMs } from '../shared/rules/media-limits.ts'
import { modelLimits, speechLimit, transcriptionLimit } from '../shared/rules/model-limits.ts'
import {
  type Deadlines,
  executionMs,
  gatewayMs,
  maxDeadlineMs,
  maxFunctionMs,
  maxTranscriptionMs,
  stageTaskMs,
  stageWorkerMs,
  turnTimes,
  voiceTurnMs,
} from '../shared/rules/time-budgets.ts'

/** Timeouts that follow from the settings. */
export interface Times {
  socketMessage: Duration
  stream: Duration
  transcriptionFinished: Duration
  stageTask(stage: StageName): Duration
  stageWorker: Duration
  execution: Duration
}

/** AWS knows no parts of a second in a timeout. */
const wholeSeconds = (milliseconds: number): Duration =>
  Duration.seconds(Math.ceil(milliseconds / 1000))

type Settings = Readonly<Record<string, string>>

interface TimeSetting {
  otherwise: number
  max: number
  /** Why more cannot hold. */
  because: string
}

/** What HTTP has left of an integration beside two tries of a voice. */
const speechMargin = 2_000

const agentSetting = (agent: Exclude<AgentName, 'picture'>): TimeSetting => {
  const { deadlineMs, maxCalls } = modelLimits[agent]
  return {
    otherwise: deadlineMs,
    max: maxDeadlineMs(agent),
    because: `${maxCalls} calls of the ${agent} agent, and what surrounds them, have to fit into the ${maxFunctionMs / 1000} s that a function may run`,
  }
}

const timeSettings = {
  plannerDeadline: agentSetting('planner'),
  pictureDeadline: {
    otherwise: modelLimits.picture.deadlineMs,
    max: maxDeadlineMs('picture'),
    because: `an HTTP API ends a request after ${gatewayMs.httpIntegration / 1000} s`,
  },
  researchDeadline: agentSetting('research'),
  strategyDeadline: agentSetting('strategy'),
  creativeDeadline: agentSetting('creative'),
  voiceDeadline: agentSetting('voice'),
  sttDeadline: {
    otherwise: transcriptionLimit.deadlineMs,
    max: maxTranscriptionMs,
    because: `two calls for a transcript and the turn after them have to fit into the ${maxFunctionMs / 1000} s that a function may run`,
  },
  voiceWait: {
    otherwise: voiceTurnMs.httpWait,
    max: voiceTurnMs.httpWait,
    because: `an HTTP API ends a request after ${gatewayMs.httpIntegration / 1000} s`,
  },
  imageDeadline: {
    otherwise: purchaseMs.image,
    max: purchaseMs.image,
    because: `the purchase of a picture is cut off after ${purchaseMs.image / 1000} s`,
  },
  ttsDeadline: {
    otherwise: speechLimit.deadlineMs,
    max: (gatewayMs.httpIntegration - speechMargin) / speechLimit.maxCalls,
    because: `${speechLimit.maxCalls} tries have to fit into the ${gatewayMs.httpIntegration / 1000} s after which an HTTP API ends a request`,
  },
} as const satisfies Partial<Record<keyof typeof names, TimeSetting>>
type TimeSettingKey = keyof typeof timeSettings

/** @throws Error that names the variable, its value and its maximum, with the reason */
const checked = (settings: Settings, key: TimeSettingKey): number => {
  const { otherwise, max, because } = timeSettings[key]
  const name = names[key]
  const value = settings[name]
  if (value === undefined) return otherwise
  const milliseconds = Number(value)
  if (!/^[0-9]+$/.test(value) || milliseconds < 1) {
    throw new Error(`${name} is ${JSON.stringify(value)}; it is milliseconds, a whole number.`)
  }
  if (milliseconds > max) {
    throw new Error(`${name} is ${value}; it can be at most ${max}: ${because}.`)
  }
  return milliseconds
}

/**
 * The durations of a deployment with these settings. Throws for a setting that could not hold, which a
 * deployment would otherwise cut short without a word.
 */
export const timesOf = (settings: Settings): Times => {
  const values = Object.fromEntries(
    Object.keys(timeSettings).map((key) => [key, checked(settings, key as TimeSettingKey)]),
  ) as Record<TimeSettingKey, number>
  const deadlines: Deadlines = {
    planner: values.plannerDeadline,
    picture: values.pictureDeadline,
    research: values.researchDeadline,
    strategy: values.strategyDeadline,
    creative: values.creativeDeadline,
    voice: values.voiceDeadline,
  }
  const model = deadlines.planner * modelLimits.planner.budget
  const turn = turnTimes(model, values.sttDeadline)
  return {
    socketMessage: wholeSeconds(turn.function),
    stream: wholeSeconds(turn.stream),
    transcriptionFinished: wholeSeconds(turn.transcriptionFinished),
    stageTask: (stage) => wholeSeconds(stageTaskMs(stage, deadlines)),
    stageWorker: wholeSeconds(stageWorkerMs(deadlines)),
    execution: wholeSeconds(executionMs(deadlines)),
  }
}
