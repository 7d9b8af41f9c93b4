import type { RunbookEntries } from './entry.ts'

/** Alarms on what the daily checkup finds. */
export const checkupEntries = {
  CheckupCheckupFailures: {
    meaning:
      'A key, a model, a search provider or a certificate will fail users, or does already. Nothing has to be down yet.',
    lines: {
      of: ['Checkup'],
      where: { message: 'checkup finding', severity: 'failure' },
      show: ['code', 'area', 'subject', 'found'],
    },
    look: 'The code of each line; docs/doctor.md explains it.',
    commands: ['npm run doctor -- --stack STACK'],
    causes: [
      [
        '`MODEL_UNKNOWN` and its like',
        'A wrong name, or a model that is gone: set another one and deploy.',
      ],
      ['A refused key', 'The parameter that holds it; the account of the vendor.'],
      ['The server was down at that time', 'doctor says whether it still is.'],
    ],
    page: 'TurnFailures or StageFailures is in alarm too.',
    wait: 'Until working hours, and not for longer than a day.',
  },
  CheckupModelShutdown: {
    meaning:
      'A model that the deployment uses is shut down within days. What it does fails from then on.',
    lines: {
      of: ['Checkup'],
      where: { message: 'checkup finding', code: ['MODEL_ENDS_SOON', 'MODEL_ENDED'] },
      show: ['code', 'subject', 'days_left', 'found'],
    },
    look: 'ModelDaysLeft: how many days are left.',
    commands: ['npm run doctor -- --stack STACK'],
    causes: [
      [
        'The vendor replaces its models',
        'Its successor in the setting of the agent; doctor tries it, then deploy.',
      ],
    ],
    page: 'Less than a day is left.',
    wait: 'Days are left: plan it.',
  },
} as const satisfies RunbookEntries
