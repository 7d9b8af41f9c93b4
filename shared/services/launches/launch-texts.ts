/**
 * The two ways in which texts of agents are put into one: the older package's only own characters. Neither
 * changes, shortens or adds a word.
 */

/** Sentences, one a line. */
export const sentences = (texts: readonly string[]): string => texts.join('\n')

/** The fields of one entry, such as a brand and its positioning. */
export const entry = (...fields: string[]): string => fields.join(' · ')
