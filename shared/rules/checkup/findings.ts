import { type CheckupArea, type FindingCode, findingKinds, type Severity } from './finding-kinds.ts'

/** One result of a check. */
export interface Finding {
  code: FindingCode
  /** The setting, model, server or file that it is about. */
  subject: string
  /** What was seen, in one line, without secrets. */
  found: string
  /** Of a model with a shutdown date: whole days until then, negative afterwards. */
  daysLeft?: number
}

/** A finding with what its code says: for readers that may know other codes. */
export interface DescribedFinding extends Omit<Finding, 'code'> {
  code: string
  area: CheckupArea
  severity: Severity
  action: string
}

export const describeFinding = (finding: Finding): DescribedFinding => {
  const { area, severity, action } = findingKinds[finding.code]
  return { ...finding, area, severity, action }
}

export const severityOf = ({ code }: Finding): Severity => findingKinds[code].severity

/** Days before an end at which it is warned of, and at which it has to be acted on. */
export const endDays = { warning: 60, failure: 14 } as const
