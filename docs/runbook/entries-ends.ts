import type { RunbookEntries } from './entry.ts'

/** Alarms on what tells other systems of ends: announcements and webhooks. */
export const endEntries = {
  AlarmsWebhookFailures: {
    meaning:
      'Four of five tries at webhooks fail: other systems do not learn that runs, jobs and assets have ended. The work itself goes on, and each event is tried for a day.',
    lines: {
      of: ['WebhookSender'],
      where: { kind: 'message', what: 'delivery', outcome: ['pending', 'dead'] },
      show: ['outcome', 'status', 'principal', 'duration_ms', 'error'],
    },
    look: 'Whether `status` is there: then receivers answer, and with what. Whether `principal` is always the same: then it is one owner with many events, and no fault of ours. Without `status` the function does not reach anything: names, the way out, or certificates.',
    commands: ['npm run ops -- stuck', 'npm run doctor'],
    causes: [
      [
        'One owner whose receiver is down',
        'Tell the owner. After five days without an answer the webhook is disabled by itself.',
      ],
      [
        'Every try ends in `unknown-host`, `unreachable` or `too-slow`',
        'The function has no way out: its subnet, when one was given to it, or the name service of the region. Deliveries of the last day come by themselves when it is back.',
      ],
      [
        'Webhooks are disabled with `secret_lost`',
        'The webhook signing key was exchanged and the previous one dropped too early: put it back behind the new one (docs/key-rotation.md); otherwise owners rotate their secrets.',
      ],
      [
        'Receivers answer 401 or 400 after a deployment',
        'Signatures or the clock are wrong: compare with `verifyWebhook` of the client package, and roll back.',
      ],
    ],
    page: 'It lasts for an hour and concerns several owners.',
    wait: 'One owner: deliveries are tried for a day and can be delivered again by hand.',
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
      [
        'It cannot read the webhook signing key',
        'The parameter of output WebhookSigningKeyParameter, and the grant on it.',
      ],
      ['The table refuses its writes', 'The code in `error`; see Throttles of the table.'],
    ],
    page: 'The number grows.',
    wait: 'A few letters: nothing is lost, and each can be delivered again by hand.',
  },
} as const satisfies RunbookEntries
