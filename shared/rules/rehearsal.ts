/** Whether a provider's answers come from a script: the name under which the demo's model is written into provenance. */
export const isRehearsal = (provider: string): boolean => provider === 'rehearsal'
