/** Percent of failures at which the alarm on each goes off; the dashboard's numbers turn red there. */
export const alarmPercent = {
  turns: 20,
  stages: 20,
  runs: 30,
  assets: 30,
  interruptions: 50,
} as const

/** Milliseconds to a stream's first byte, of its slowest tenth, at which the alarm goes off. */
export const alarmStreamStartMs = 3000
