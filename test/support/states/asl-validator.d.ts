/** The package has no types of its own. */
declare module 'asl-validator' {
  interface Verdict {
    isValid: boolean
    /** The errors, one after another. */
    errorsText(separator?: string): string
  }
  const validate: (definition: object) => Verdict
  export default validate
}
