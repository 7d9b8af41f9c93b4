import type { RunbookEntries } from './entry.ts'

/** Alarms on runs: their stages, their executions and their dead letters. */
export const runEntries = {
  AlarmsStageFailures: {
    meaning:
      'A fifth of the stages or more ends in an error. Each ends a run; its user sees why and can resume it.',
    lines: {
      of: ['StageWorker'],
      where: { kind: 'stage', outcome: 'failed' },
      show: ['what', 'code', 'run_id', 'error'],
    },
    look: 'StageEnd by stage tells whether one agent fails or all. AgentFailures in alarm beside it points to the model.',
    commands: ['npm run ops -- explain RUN', 'npm run doctor'],
    causes: [
      [
        '`UPSTREAM_ERROR` or `RATE_LIMITED` in all stages',
        "The model's server or its quota. Wait, raise the quota, or set another model. Runs go on with `resume`.",
      ],
      [
        '`SCHEMA_VALIDATION_FAILED` in one stage',
        'A model that was changed by its vendor or by a setting. Set the previous one.',
      ],
      ['`STAGE_TIMEOUT`', 'See StageLatency.'],
      ['`COPY_SAFETY_REJECTED`', 'See CopyRejected.'],
    ],
    page: 'It lasts for half an hour, or no stage commits at all.',
    wait: 'One stage of one model is affected and the rest commits.',
  },
  AlarmsStageLatency: {
    meaning:
      'Runs still end well, but one kind of stage is close to its deadline. Timeouts come next.',
    lines: {
      of: ['StageWorker'],
      where: { kind: 'stage', outcome: 'committed' },
      show: ['what', 'duration_ms', 'run_id'],
    },
    look: 'StageLatency p90 by stage, against the days before; ModelTokens tells whether answers became longer.',
    commands: ['npm run doctor'],
    causes: [
      [
        "The model's server is slow",
        'Wait, or set a faster model for the stage (`STRATEGY_MODEL` and its like).',
      ],
      [
        'Another model was set, which thinks for longer',
        'Raise the deadline of its agent (`STRATEGY_DEADLINE_MS`) and deploy.',
      ],
    ],
    page: 'Never by itself; StageFailures follows when stages time out.',
    wait: 'Until working hours.',
  },
  AlarmsStuckRuns: {
    meaning:
      'A run has not changed for longer than its execution may take, or its repair fails every minute. Its user sees a run that goes on for ever.',
    lines: {
      of: ['Sweeper'],
      where: { kind: 'sweep', what: 'runs' },
      show: ['count', 'outcome', 'error'],
    },
    look: 'The line “recovery failed” names the run and the reason. StuckRun counts the runs of each sweep.',
    commands: [
      'npm run ops -- stuck',
      'npm run ops -- explain RUN',
      'npm run ops -- cancel RUN',
      'aws stepfunctions describe-execution --execution-arn "$EXECUTION_ARN"',
    ],
    causes: [
      [
        'The sweeper may not read or start executions',
        'Its role and the state machine’s ARN in its settings; deploy again.',
      ],
      [
        'The execution still runs and nothing works on it',
        'Cancel the run; it can be resumed at its stage.',
      ],
      [
        'The table refuses the write of the end',
        'The code in `error`; a conflict repairs itself within the next sweeps.',
      ],
    ],
    page: 'More than one run, or the number grows.',
    wait: 'A single run: cancel it in working hours.',
  },
  AlarmsRunRepairs: {
    meaning:
      'Runs come to their end only because the sweeper helps: each waits up to two minutes for it.',
    lines: {
      of: ['Sweeper'],
      where: {
        message: ['execution was never started', 'run ended by the sweeper', 'recovery failed'],
      },
      show: ['message', 'run_id', 'error'],
    },
    look: 'RunRepair by outcome: `started` means that starts get lost, `ended` that ends do, `failed` that the sweeper cannot either.',
    commands: ['npm run ops -- stuck', 'npm run ops -- explain RUN'],
    causes: [
      [
        '`started`: HttpRuns or Stream cannot start executions (“execution not started”)',
        'Throttling or the grant of Step Functions; see the error of that line.',
      ],
      [
        '`ended`: RunFinalizer fails or gets no events',
        'Its Errors, its Throttles, and the rule ExecutionEnded.',
      ],
      ['`failed`', 'See StuckRuns.'],
    ],
    page: '`failed` grows together with StuckRuns.',
    wait: 'Users lose two minutes, no work.',
  },
  PipelineExecutionsFailed: {
    meaning: 'A third of the runs or more fails.',
    lines: {
      of: ['RunFinalizer', 'StageWorker'],
      where: { kind: ['event', 'stage'], outcome: ['left', 'run_ended', 'failed'] },
      show: ['kind', 'what', 'code', 'outcome', 'run_id'],
    },
    look: 'Whether StageFailures is in alarm too: then the agents fail. Without it the state machine, the queue or the workers do.',
    commands: ['npm run ops -- explain RUN', 'npm run ops -- stuck'],
    causes: [
      ['Stages fail', 'See StageFailures.'],
      [
        'Workers are lost (`States.HeartbeatTimeout`)',
        'Errors and Throttles of StageWorker: memory, a broken deployment, too little concurrency.',
      ],
    ],
    page: 'It lasts for half an hour.',
    wait: 'Fewer than ten runs, and StageFailures says why.',
  },
  PipelineExecutionsTimedOut: {
    meaning:
      'A run took longer than two tries of every stage together. RunFinalizer or the sweeper records it as failed.',
    lines: {
      of: ['RunFinalizer', 'Sweeper'],
      where: { kind: 'event', what: 'execution ended' },
      show: ['run_id', 'outcome', 'session_id'],
    },
    look: 'The history of the execution: which task waited, and how often it was sent.',
    commands: [
      'npm run ops -- explain RUN',
      'aws stepfunctions get-execution-history --execution-arn "$EXECUTION_ARN" --reverse-order --max-items 20',
    ],
    causes: [
      [
        'Stages wait for a worker',
        'Throttles of StageWorker and the age of the stage queue; raise `LAMBDA_CONCURRENCY` with the quota.',
      ],
      [
        'A deadline was raised on the functions alone',
        'Deploy, so that the state machine follows the settings.',
      ],
    ],
    page: 'More than one in an hour.',
    wait: 'A single run: its user can resume it.',
  },
  PipelineDeadLetterInvocations: {
    meaning:
      'Three workers in a row did not finish a stage. The run has ended with `INTERNAL_ERROR` and can be resumed.',
    lines: {
      of: ['DeadLetter'],
      where: { kind: 'message' },
      show: ['what', 'run_id', 'outcome', 'attempt'],
    },
    look: 'What StageWorker wrote about the same run_id before: it died, ran out of memory or threw.',
    commands: ['npm run ops -- explain RUN'],
    causes: [
      [
        'A mistake in the worker that one input shows',
        'The frames in its last line; mend it, deploy, resume the run.',
      ],
      [
        'Memory or time of the function',
        'Its REPORT lines; raise the memory in `lib/pipeline.ts`.',
      ],
      ['A broken deployment: every stage', 'Roll back. Errors of StageWorker is in alarm too.'],
    ],
    page: 'Several runs within a quarter of an hour.',
    wait: 'One run.',
  },
  PipelineDeadLettersNotEmpty: {
    meaning:
      'DeadLetter itself has failed on a message for a quarter of an hour: its run does not end before the sweeper ends it.',
    lines: {
      of: ['DeadLetter'],
      where: { kind: 'message', outcome: 'failed' },
      show: ['what', 'run_id', 'error'],
    },
    look: 'Errors and Throttles of DeadLetter. The message is hidden while it is tried, and tried about once a minute.',
    commands: [
      'npm run ops -- stuck',
      'npm run ops -- redrive --dry-run',
      'npm run ops -- redrive',
    ],
    causes: [
      [
        'DeadLetter is broken or throttled',
        'Roll back or raise the concurrency; it then takes the message by itself.',
      ],
      ['The table refuses its write', 'The code in `error`.'],
      [
        'The cause was in the stage worker and is mended',
        '`redrive` sends the messages back to it.',
      ],
    ],
    page: 'The number grows.',
    wait: 'One message: it is kept for the days that docs/privacy.md names.',
  },
} as const satisfies RunbookEntries
