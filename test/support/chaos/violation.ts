/** A promise that did not hold; the kind is a column of the report. */
export interface Violation {
  kind:
    | 'lost'
    | 'duplicated'
    | 'gap'
    | 'changed'
    | 'stuck'
    | 'overcalled'
    | 'overcharged'
    | 'error'
    | 'invented'
  what: string
}
