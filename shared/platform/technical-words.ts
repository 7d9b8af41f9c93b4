/**
 * Words of which servers make the reasons that help an operator. What else stands in such a message may
 * repeat what was sent, heard or read, in whatever words, and is left out of lines.
 */
const vocabulary = new Set(
  `a access account active add again allowed all already an and any api are argument array at authentication
  authorization available bad balance base be because been before billing body busy but by byte bytes call
  cannot chat check client code completion completions content context could credit credits credential
  credentials current currently daily deadline delta deployment deprecated does doesn't down endpoint engine
  error exceeded exceeds exist exists expected expired failed failure field filter for forbidden form format
  found free from gateway generate generation got grammar has have header high hour http id if image in
  incorrect input insufficient internal invalid is it its item items json key large later length less limit
  limited limits load loaded long malformed many max maximum most least may media message messages method min minimum
  minute missing model models more must name need needs network no none not null number object of off on only
  or organization other output over overloaded page param parameter parameters parse path payment per
  permission plan please policy port processing project prompt provided provider quota range rate reached
  read reasoning refused region rejected request requested requests required resource response responses retry
  role root safety schema search second seconds server service size slow speech status stop stream streaming
  string subscription such supported supply system temperature temporarily than that the this time timed
  timeout to token tokens too tool tools top total transcription try type unable unauthorized unavailable
  unexpected unknown unsupported until upgrade upstream url usage use used user using valid value values
  version voice was web were when while with without work works wrong you your`.split(/\s+/),
)

const bare = (word: string): string => word.replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '')

/** A number, or a word of which each part is known: `max_tokens`, `rate-limit`. */
const isTechnical = (word: string): boolean => {
  const core = bare(word).toLowerCase()
  if (core === '' || /^\d{1,6}(?:\.\d{1,3})?(?:s|ms)?$/.test(core)) return true
  return core.split(/[_.\-/:]+/).every((part) => vocabulary.has(part))
}

/** A vendor's reason, as far as it is made of words that servers use. */
export const technicalReason = (message: string): string =>
  message
    .split(/\s+/)
    .map((word) => (isTechnical(word) ? word : '…'))
    .join(' ')
    .replace(/…(?:\s…)+/g, '…')
