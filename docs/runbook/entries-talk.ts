import type { RunbookEntries } from './entry.ts'

/** Alarms on agents, turns, research and readers. */
export const talkEntries = {
  AlarmsAgentFailures: {
    meaning:
      'A quarter of the model’s answers is of no use, counting those that a second try repairs. Users notice pauses first, errors next.',
    lines: {
      of: ['*'],
      where: { message: 'model call failed' },
      show: ['function', 'code', 'vendor'],
    },
    look: 'AgentCall by agent: one agent points to its model or prompt, all of them to the server or the key.',
    commands: ['npm run doctor'],
    causes: [
      ['401 or 403', 'The key: doctor says whether the server takes it.'],
      ['404, or a date in `shutdown_date`', 'The model is gone; set its successor and deploy.'],
      ['429', 'The quota of the key; raise it, or lower `stages` at once.'],
      ['5xx', "The server's status page; wait."],
      ['No status: the answer breaks the contract', 'A changed model; set the previous one.'],
    ],
    page: 'TurnFailures or StageFailures is in alarm too.',
    wait: 'Second tries repair most (`repaired` is as large as `failed`).',
  },
  AlarmsTurnFailures: {
    meaning:
      'One message in five gets an error in the place of an answer. The message is kept; the user can send the next one.',
    lines: {
      of: [
        'HttpChat',
        'Stream',
        'SocketMessage',
        'HttpVoice',
        'HttpPictures',
        'TranscriptionFinished',
      ],
      where: { message: 'turn failed' },
      show: ['function', 'code', 'session_id', 'error'],
    },
    look: 'TurnEnd by outcome, and TurnLatency: errors at the deadline are timeouts, quick ones are refusals.',
    commands: ['npm run doctor'],
    causes: [
      ['`UPSTREAM_ERROR`, `RATE_LIMITED`', 'See AgentFailures.'],
      ['`TURN_TIMEOUT`', 'The planner’s model is slow: a faster one, or `PLANNER_DEADLINE_MS`.'],
      [
        '`INTERNAL_ERROR`',
        'A mistake of ours or a write that the table refuses: the frames in `error`; roll back if it began with a deployment.',
      ],
    ],
    page: 'At once: this is what every user does first.',
    wait: 'Fewer than twenty turns, all with `MODEL_REFUSED`.',
  },
  AlarmsVoiceTurnFailures: {
    meaning:
      'One spoken message in five is lost between the recording and the answer. Typing works.',
    lines: {
      of: ['HttpVoice', 'Stream', 'SocketMessage', 'TranscriptionFinished'],
      where: { message: ['transcription failed', 'voice turn failed', 'turn failed'] },
      show: ['function', 'message', 'code', 'error'],
    },
    look: 'VoiceTurn by outcome: `transcription_failed` is the provider, `planner_failed` the model.',
    commands: ['npm run doctor'],
    causes: [
      [
        '`transcription_failed` with Amazon Transcribe',
        'Its quota of concurrent jobs, or a vocabulary that does not exist; the reason is in `error`.',
      ],
      [
        '`transcription_failed` with a server of OpenAI’s protocol',
        'The key or the model (`STT_MODEL`, see its shutdown date).',
      ],
      ['`planner_failed`', 'See TurnFailures.'],
    ],
    page: 'TurnFailures is in alarm too.',
    wait: 'Typing works: working hours.',
  },
  AlarmsResearchTimeouts: {
    meaning: 'One research in five finds nothing in its time, which ends its run.',
    lines: {
      of: ['StageWorker'],
      where: { kind: 'stage', what: 'research', outcome: 'failed', code: 'RESEARCH_TIMEOUT' },
      show: ['what', 'code', 'duration_ms', 'run_id'],
    },
    look: 'The lines “search provider failed”, “search failed” and “page not read” of the same run_id, and their times.',
    commands: ['npm run ops -- explain RUN', 'npm run doctor'],
    causes: [
      [
        'A search provider hangs',
        'Take it out of `SEARCH_PROVIDERS` and deploy; the next in order is asked.',
      ],
      [
        'The model takes its time over the findings',
        'StageLatency; a faster `RESEARCH_MODEL`, or `RESEARCH_DEADLINE_MS`.',
      ],
    ],
    page: 'No research succeeds (ResearchEnd).',
    wait: 'Most succeed; users resume.',
  },
  AlarmsResearchFailures: {
    meaning:
      'Research ends without findings, and there is no package without them: nothing is made up.',
    lines: {
      of: ['StageWorker'],
      where: { kind: 'stage', what: 'research', outcome: 'failed' },
      show: ['what', 'code', 'run_id', 'error'],
    },
    look: 'Whether ResearchTimeouts is in alarm too: then it is time. The lines “search failed” and “search provider failed” of the same run_id have the code: a key, a quota or a server.',
    commands: ['npm run doctor', 'npm run ops -- explain RUN'],
    causes: [
      [
        'A search key expired or its quota is used up',
        'doctor names it; change the parameter of the search keys.',
      ],
      ['The model’s server has no web search', 'docs/search.md; configure a provider.'],
      ['The provider is down', 'Take it out of `SEARCH_PROVIDERS`.'],
    ],
    page: 'No research succeeds (ResearchEnd).',
    wait: 'One of several providers fails and the next one answers.',
  },
  AlarmsStreamInterruptions: {
    meaning:
      'Readers lose their connection while there is something to read. They reconnect and miss nothing, but see pauses.',
    lines: {
      of: ['Stream', 'SocketMessage'],
      where: {
        kind: ['request', 'frame'],
        what: ['GET /api/chat/session/{session_id}/events', 'resume'],
      },
      show: ['function', 'what', 'ended', 'outcome', 'count'],
    },
    look: 'StreamInterrupted by cause: `reopened` are streams, `resumed` sockets, `gone` sockets whose client was not there.',
    commands: ['npm run doctor'],
    causes: [
      [
        '`time up` in the lines of Stream',
        'Runs are longer than a stream: harmless, or a longer `functionMs.stream`.',
      ],
      [
        'CloudFront or a proxy cuts quiet connections',
        'Its 5xx and its origin timeout; see docs/design.md.',
      ],
      [
        'A client that reconnects too eagerly',
        'Its version; the socket’s `resume` frames per session.',
      ],
    ],
    page: 'TurnFailures or a 5xx alarm beside it.',
    wait: 'Alone: nothing is lost.',
  },
  AlarmsStreamStart: {
    meaning: 'Answers begin three seconds late or later, before the model has even been asked.',
    lines: {
      of: ['Stream'],
      where: { kind: 'request' },
      show: ['what', 'duration_ms', 'ended', 'outcome'],
    },
    look: 'StreamStartLatency p90; SuccessfulRequestLatency and throttles of the table; Init Duration in the REPORT lines of Stream.',
    commands: [
      'npm run doctor',
      'aws cloudwatch get-metric-statistics --namespace AWS/DynamoDB --metric-name SuccessfulRequestLatency --dimensions Name=TableName,Value="$TABLE" Name=Operation,Value=GetItem --period 300 --statistics Average Maximum --start-time "$FROM" --end-time "$TO"',
    ],
    causes: [
      [
        'Cold starts: many readers at once',
        'Passes by itself; more reserved concurrency when it comes back daily.',
      ],
      [
        'The table is slow or throttles',
        'The AWS status page; a hot partition (docs/capacity.md).',
      ],
    ],
    page: 'It lasts for an hour.',
    wait: 'A peak after a deployment.',
  },
} as const satisfies RunbookEntries
