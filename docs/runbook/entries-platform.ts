import { functionEntries } from '../../lib/bundle.ts'
import type { RunbookEntries } from './entry.ts'

/** The functions behind the HTTP API. */
const httpFunctions = Object.keys(functionEntries).filter((name) => name.startsWith('Http'))

/** Alarms on functions, the HTTP interfaces, assets and money. */
export const platformEntries = {
  FunctionErrors: {
    meaning:
      'Every function has this alarm. Code of ours threw what nothing caught, ran out of memory, or ran out of time: not a refused request and not a failing model, which are answered.',
    lines: {
      of: ['*'],
      where: { level: 'ERROR' },
      show: ['function', 'message', 'what', 'error'],
    },
    look: 'The log group of the function that the alarm names: `Task timed out`, `Runtime.ExitError`, `Runtime.OutOfMemory`, or the frames of an error.',
    commands: [
      'aws logs tail /launch-studio/STAGE/FUNCTION --since 30m --filter-pattern "?ERROR ?Task ?Runtime"',
      'npm run doctor',
    ],
    causes: [
      ['It began with a deployment', 'Roll back.'],
      ['A setting or a secret is missing', 'The error names it; doctor too.'],
      ['Memory', 'REPORT lines; raise the memory of the function.'],
    ],
    page: 'HttpChat, Stream, StageWorker or Sweeper, more than a few.',
    wait: 'One error: what it did is repaired by a retry or the sweeper.',
  },
  FunctionThrottles: {
    meaning:
      'Every function has this alarm. Lambda refuses to run it: callers get 5xx or wait, and messages stay in their queues.',
    lines: {
      of: ['*'],
      where: { kind: ['request', 'message', 'frame'] },
      show: ['function', 'what', 'duration_ms', 'outcome'],
    },
    look: 'ConcurrentExecutions of the account against its quota, and which function has the most.',
    commands: ['aws lambda get-account-settings --query AccountLimit', 'npm run doctor'],
    causes: [
      [
        'The quota of a new account (ten)',
        'Ask for more, set `LAMBDA_CONCURRENCY` and deploy: docs/capacity.md.',
      ],
      ['Long streams hold it', 'A reservation for Stream, which comes with a larger quota.'],
      ['A caller’s flood', 'LimitRefused; lower the limits on callers (`LIMITS`).'],
    ],
    page: 'HttpChat or Stream for a quarter of an hour.',
    wait: 'Workers of queues: messages wait and nothing is lost.',
  },
  HttpApiServerErrors: {
    meaning: 'One request in fifty or more to the HTTP API gets 5xx.',
    lines: {
      of: httpFunctions,
      where: { kind: 'request', outcome: 'failed' },
      show: ['function', 'what', 'status', 'code', 'error'],
    },
    look: 'The access log of the API for requests without such a line: their function was throttled, timed out or died.',
    commands: [
      'npm run doctor',
      'aws logs tail /launch-studio/STAGE/HttpChat --since 30m --filter-pattern "{ $.status >= 500 }"',
    ],
    causes: [
      [
        'The table throttles or is unavailable',
        'The AWS status page; a hot partition (docs/capacity.md).',
      ],
      ['A function is throttled or fails', 'See FunctionThrottles, FunctionErrors.'],
      ['502 of the model’s server', 'See AgentFailures: turns answer with its error.'],
    ],
    page: 'At once, when it does not pass within a quarter of an hour.',
    wait: 'One route of little use.',
  },
  StreamUrlStreamUrlServerErrors: {
    meaning:
      'The same for streamed turns, the log’s streams and exports, which the function URL answers.',
    lines: {
      of: ['Stream'],
      where: { kind: 'request', outcome: 'failed' },
      show: ['what', 'status', 'code', 'error'],
    },
    look: 'HttpApiServerErrors beside it points to the table; alone, to Stream or its reservation.',
    commands: [
      'npm run doctor',
      'aws logs tail /launch-studio/STAGE/Stream --since 30m --filter-pattern "{ $.status >= 500 }"',
    ],
    causes: [
      [
        'The table throttles or is unavailable',
        'The AWS status page; a hot partition (docs/capacity.md).',
      ],
      [
        'All executions are taken by long streams',
        'FunctionThrottles of Stream; docs/capacity.md.',
      ],
    ],
    page: 'As for the HTTP API.',
    wait: 'Clients fall back to polling; only the console’s users notice.',
  },
  AlarmsAssetFailures: {
    meaning:
      'Posters, voices or films fail. The run and its texts are there; the same request tries again without buying twice.',
    lines: {
      of: ['MediaWorker'],
      where: {
        message: [
          'no picture was made',
          'a vendor of media failed',
          'a vendor of films was not reached',
        ],
      },
      show: ['message', 'code', 'vendor', 'run_id', 'error'],
    },
    look: 'AssetEnd by asset_type, and PurchaseEnd by kind: whether the vendor fails or our own rendering.',
    commands: ['npm run ops -- explain RUN', 'npm run doctor'],
    causes: [
      [
        'The vendor refuses (`MODEL_REFUSED`)',
        'Its policy and the prompt; the run’s creative stage can be revised.',
      ],
      ['The vendor is down, or its quota is used up', 'Wait; the account.'],
      ['No ffmpeg, fonts or key', 'doctor names it.'],
      ['A check fails (`checking`)', 'The name of the check in the asset’s error.'],
    ],
    page: 'Never at night.',
    wait: 'Working hours.',
  },
  MediaMediaDeadLetterInvocations: {
    meaning:
      'Three workers in a row died on one asset. It has failed with `INTERNAL_ERROR`; the same request tries again.',
    lines: {
      of: ['MediaDeadLetter'],
      where: { kind: 'message' },
      show: ['what', 'run_id', 'outcome'],
    },
    look: 'What MediaWorker wrote about the same run_id: memory (REPORT lines) is the usual reason.',
    commands: ['npm run ops -- explain RUN'],
    causes: [
      [
        'A file that takes too much memory or disk',
        'The asset’s type and its sources; raise memory or temporary files in `lib/media.ts`.',
      ],
      ['A broken deployment', 'Roll back.'],
    ],
    page: 'Several within a quarter of an hour.',
    wait: 'One asset.',
  },
  MediaDeadLettersNotEmpty: {
    meaning:
      'MediaDeadLetter itself has failed on a message for a quarter of an hour: its asset does not end.',
    lines: {
      of: ['MediaDeadLetter'],
      where: { kind: 'message', outcome: 'failed' },
      show: ['what', 'run_id', 'error'],
    },
    look: 'Errors and Throttles of MediaDeadLetter.',
    commands: [
      'npm run ops -- stuck',
      'npm run ops -- redrive --dry-run',
      'npm run ops -- redrive',
    ],
    causes: [
      [
        'MediaDeadLetter is broken or throttled',
        'Roll back or raise the concurrency; it then takes the message by itself.',
      ],
      [
        'The cause was in the media worker and is mended',
        '`redrive` sends the messages back to it.',
      ],
    ],
    page: 'The number grows.',
    wait: 'One message.',
  },
  MediaQueueAge: {
    meaning: 'Users wait for half an hour and longer until their poster or film is even begun.',
    lines: {
      of: ['MediaWorker'],
      where: { kind: 'message' },
      show: ['what', 'duration_ms', 'outcome', 'count'],
    },
    look: 'AssetLatency by type: films that render for minutes hold the few workers. Throttles of MediaWorker.',
    commands: [
      'aws sqs get-queue-attributes --queue-url "$MEDIA_QUEUE_URL" --attribute-names All',
      'npm run ops -- stuck',
    ],
    causes: [
      ['More requests than workers', 'A higher quota and `LAMBDA_CONCURRENCY`: docs/capacity.md.'],
      ['Workers hang at a vendor', 'Its deadline (`IMAGE_DEADLINE_MS`); the vendor’s status page.'],
      [
        'One asset dies again and again',
        'It ends after three deliveries; see MediaDeadLetterInvocations.',
      ],
    ],
    page: 'It grows past two hours.',
    wait: 'A campaign of one customer, which is worked off.',
  },
  AlarmsCopyRejected: {
    meaning:
      'The rules for advertising keep back a large part of what the agents write. Users get fewer texts, or a failed stage, but none that is unlawful.',
    lines: {
      of: ['StageWorker'],
      where: { kind: 'stage', what: ['strategy', 'creative', 'voice'] },
      show: ['what', 'outcome', 'code', 'run_id'],
    },
    look: 'CopyRejected by stage, and `copy_rejected` of a few runs: one rule for all texts, or many.',
    commands: ['npm run ops -- explain RUN', 'npm run bench:safety'],
    causes: [
      ['A model became careless', 'Set the previous one for `CREATIVE_MODEL`.'],
      ['A rule became too strict', 'docs/copy-safety.md; its tests first, then the pack.'],
      ['One customer with products that are hard to advertise', 'None needed.'],
    ],
    page: 'Never.',
    wait: 'Working hours.',
  },
  AlarmsSpendPerHour: {
    meaning:
      'Money goes out faster than `SPEND_ALARM_USD_PER_HOUR` expects. The caps per run, principal and day end it at the latest.',
    lines: {
      of: ['*'],
      where: { kind: ['request', 'frame', 'stage', 'message'], outcome: ['ok', 'committed'] },
      show: ['function', 'what', 'principal', 'session_id', 'run_id'],
    },
    look: 'SpendUsd by service; BudgetExceeded tells which caps have been met; one `principal` in most lines is one caller.',
    commands: ['npm run ops -- usage', 'npm run cost'],
    causes: [
      [
        'One caller or a stolen token',
        'Rotate the signing key (docs/key-rotation.md), lower `SPEND_CAP_PRINCIPAL_DAY_USD`.',
      ],
      ['More users than expected', 'Raise the alarm’s threshold.'],
      ['A dearer model, or a wrong price', '`MODEL_PRICES`; `npm run cost` compares.'],
    ],
    page: 'One principal spends most of it, or `deployment_day` will be met today.',
    wait: 'Growth that was expected.',
  },
} as const satisfies RunbookEntries
