import { type DrillResult, unseenOf } from './drill.ts'

/** What is wrong with a drill, in words; it holds when nothing is. */
export const complaintsOf = ({ drill, alarms, lines }: DrillResult): string[] => [
  ...(alarms.length === 0 ? ['the template has none of its alarms'] : []),
  ...alarms.flatMap(({ name, fires, after }) => [
    ...(fires ? [] : [`${name} does not go off`]),
    ...(after.breaches ? [`${name} does not go back`] : []),
  ]),
  ...unseenOf(drill, lines).map((key) => `the first look of ${key} shows nothing`),
]
