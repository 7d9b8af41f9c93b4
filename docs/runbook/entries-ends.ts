import type { RunbookEntries } from './entry.ts'

/** Alarms on what tells other systems of ends: announcements and webhooks. */
export const endEntries = {
  AlarmsWebhookFailures: {
    meaning:
      'Four of five deliveries fail at their first try, of a hundred or more in a quarter of an hour: other systems do not learn in time that runs, jobs and assets have ended. The work itself goes on, and each event is tried for a day.',
    lines: {
      of: ['WebhookSender'],
      where: { kind: 'message', what: 'delivery', outcome: ['pending', 'dead', 'left'] },
      show: ['outcome', 'status', 'principal', 'duration_ms', 'error'],
    },
    look: 'Whether `status` is there: then receivers answer, and with what. Whether `principal` is always the same: then it is one owner with many events, and no fault of ours. Without `status` the function does not reach anything: names, the way out, or certificates.',
    commands: ['npm run ops -- stuck', 'npm run doctor'],
    causes: [
      [
        'One owner with much to be told of, whose receivers are down',
        'Tell the owner. After five days without an answer the webhook is disabled by itself.',
      ],
      [
        'Every try ends in `unknown-host`, `unreachable` or `too-slow`',
        'The function has no way out: its subnet, when one was given to it, or the name service of the region. Deliveries of the last day come by themselves when it is back.',
      ],
      [
        'Webhooks are disabled with `secret_lost`',
        'The webhook signing key was exchanged and the previous one dropped too early: put it back behind the new one (docs/key-rotation.md), so that no more are disabled. Those that are stay so until their owner sends a ping that is answered with 2xx, or, without the key, rotates the secret; events of the meantime are not delivered to them.',
      ],
      [
        'The lines “a delivery could not be signed”',
        'The webhook signing key cannot be read: the parameter of output WebhookSigningKeyParameter, and the grant on it. No try is used up, and deliveries are looked at again each minute.',
      ],
      [
        'Receivers answer 401 or 400 after a deployment',
        'Signatures or the clock are wrong: compare with `verifyWebhook` of the client package, and roll back.',
      ],
    ],
    page: 'It lasts for an hour and concerns several owners.',
    wait: 'One owner: deliveries are tried for a day and can be delivered again by hand.',
  },
  AlarmsSweepFailures: {
    meaning:
      'Something got lost, and the sweeper cannot send it again: assets of users wait and are not made, or other systems are not told of ends.',
    lines: {
      of: ['Sweeper'],
      where: { message: ['ends or deliveries not sent again', 'recovery of an asset failed'] },
      show: ['message', 'asset_id', 'error'],
    },
    look: 'AssetRepair and EndRepair by outcome tell which of the two it is, the error of the line why. What waits stays in the table: nothing is lost while it lasts.',
    commands: ['npm run ops -- stuck', 'npm run ops -- redrive ends --dry-run'],
    causes: [
      [
        'The sweeper may not send to the queue',
        'Its role, and the queues’ addresses in its settings (`END_QUEUE_URL`, `DELIVERY_QUEUE_URL`, `MEDIA_QUEUE_URL`); deploy again.',
      ],
      ['SQS refuses or does not answer', 'It mends itself: each sweep tries again.'],
      [
        'The table refuses the sweeper’s writes',
        'The code in `error`; see Throttles of the table.',
      ],
    ],
    page: 'It lasts for an hour, or `stuck` shows assets of several users.',
    wait: 'It falls by itself with the next sweeps.',
  },
  EndsDeadLettersNotEmpty: {
    meaning:
      'Announcer failed three times on an end, a quarter of an hour ago or more: neither the event bus nor webhooks have been told of it yet. The sweeper sends it again every minute.',
    lines: {
      of: ['Announcer'],
      where: { kind: 'message', what: 'end', outcome: 'failed' },
      show: ['what', 'error', 'duration_ms'],
    },
    look: 'Errors and Throttles of Announcer. The ends that still wait are in `npm run ops -- stuck`; EndRepair counts what the sweeper sends again.',
    commands: [
      'npm run ops -- redrive ends --dry-run',
      'npm run ops -- stuck',
      'npm run ops -- redrive ends',
    ],
    causes: [
      [
        'Announcer is broken, as after a deployment',
        'Roll back. The sweeper has every end announced within two minutes.',
      ],
      [
        'EventBridge refuses PutEvents',
        'The code in `error`: a grant on the default bus, or the quota of PutEvents in the region.',
      ],
      ['The table refuses its reads', 'The code in `error`; see Throttles of the table.'],
      [
        'It was announced meanwhile',
        '`redrive ends` sends the letter again; the announcer finds nothing to do, and the letter is gone.',
      ],
    ],
    page: 'The number grows, or ends are in `stuck`.',
    wait: 'A few letters whose ends were announced meanwhile.',
  },
  EndsDeliveryDeadLettersNotEmpty: {
    meaning:
      'WebhookSender itself failed three times on a delivery, a quarter of an hour ago or more. A receiver that refuses or does not answer is no such failure: that try is counted, and made again.',
    lines: {
      of: ['WebhookSender'],
      where: { kind: 'message', what: 'delivery', outcome: 'failed' },
      show: ['what', 'error', 'duration_ms', 'principal'],
    },
    look: 'Errors and Throttles of WebhookSender. The delivery is pending in the table, and the sweeper sends it again while it has tries left.',
    commands: [
      'npm run ops -- redrive deliveries --dry-run',
      'npm run ops -- stuck',
      'npm run ops -- redrive deliveries',
    ],
    causes: [
      [
        'WebhookSender is broken, as after a deployment',
        'Roll back; pending deliveries are tried by themselves.',
      ],
      ['The table refuses its writes', 'The code in `error`; see Throttles of the table.'],
    ],
    page: 'The number grows.',
    wait: 'A few letters: their deliveries are in the table, and for a month each can be delivered again by hand.',
  },
  EndsQueueAge: {
    meaning:
      'Other systems learn a quarter of an hour too late, or later, that work has ended: ends wait for Announcer.',
    lines: {
      of: ['Announcer'],
      where: { kind: 'message', what: 'end' },
      show: ['what', 'duration_ms', 'outcome', 'error'],
    },
    look: 'Whether there are such lines at all. Without any, nothing takes messages: Throttles of Announcer, and the state of its event source mapping.',
    commands: [
      'aws lambda list-event-source-mappings --query "EventSourceMappings[?State!=\'Enabled\']"',
      'npm run ops -- stuck',
    ],
    causes: [
      [
        'The account has no concurrency left',
        'A higher quota, or fewer media workers: docs/capacity.md.',
      ],
      ['The event source mapping is disabled', 'Enable it, or deploy again.'],
      ['Each announcement is slow', 'Latency of PutEvents and of the table, in the trace.'],
    ],
    page: 'The age grows.',
    wait: 'It falls: what waits is announced, late.',
  },
  EndsDeliveryQueueAge: {
    meaning:
      'A delivery to a webhook has waited for half an hour. Up to a quarter of an hour is the pause between two tries; the rest is a lack of senders.',
    lines: {
      of: ['WebhookSender'],
      where: { kind: 'message', what: 'delivery' },
      show: ['outcome', 'duration_ms', 'principal', 'error'],
    },
    look: 'Tries of ten seconds (`duration_ms`) are receivers that do not answer: `principal` tells whose. Without any lines, see Throttles of WebhookSender and the state of its event source mapping.',
    commands: ['npm run ops -- stuck'],
    causes: [
      [
        'Receivers of one owner do not answer, and hold the few senders',
        'Ask the owner to delete the webhook or to mend it; after five days it is disabled by itself. A higher `LAMBDA_CONCURRENCY` gives more senders: docs/capacity.md.',
      ],
      ['Nothing takes messages', 'Enable the event source mapping, or deploy again.'],
    ],
    page: 'The age grows, and several owners wait.',
    wait: 'It falls, or one owner alone has deliveries.',
  },
} as const satisfies RunbookEntries
