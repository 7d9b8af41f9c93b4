import { StudioError } from '../../contracts/errors.ts'
import type { VendorReport } from './vendor-failure.ts'

/** The model, or its server, does not take pictures. Trying again is of no use. */
export class BlindModel extends StudioError {
  constructor(cause?: unknown) {
    super(
      'CAPABILITY_NOT_CONFIGURED',
      'The model does not read pictures.',
      // Refused before anything was made of it.
      { unserved: true, ...(cause === undefined ? {} : { cause }) },
    )
    this.name = 'BlindModel'
  }
}

/** A word for pictures, as servers refuse them. */
const aboutPictures = /image|vision|multi-?modal|mmproj|picture/i
const refusing =
  /not? (?:a |an |be )?(?:support|multimodal|enabled|available|accept|allow|capable|valid)|does(?: not|n't) (?:support|accept|have)|unsupported|only supported by|unknown (?:variant|content|part|type)|invalid (?:content|type|value)|expected|must be a string|missing data required|requires? (?:a )?(?:vision|multimodal)|cannot (?:read|process|handle|see)|can't be loaded|no endpoints found/i
/** Servers that read a message's content as a string name no picture when they get a list. */
const textAlone =
  /only (?:supports? )?text|text[- ]only|content[^.]{0,40}(?:must be|should be|expected|is not)(?: of type| a valid)? (?:a )?(?:string|str\b)|messages?[^.]{0,60}expected (?:a )?string/i
/** A picture that is wrong is no sign of a model without eyes. */
const aboutThisOne =
  /too (?:large|big|small|many)|corrupt|could not be decoded|failed to decode|exceeds|safety|policy/i

/** Whether a refusal of a request with pictures says that there are none to be sent. */
export const refusesPictures = ({
  status,
  words,
  field = '',
  message = '',
  inStream,
}: VendorReport): boolean => {
  const mayBe =
    status === undefined
      ? inStream
      : status === 400 || status === 404 || status === 415 || status === 422 || status >= 500
  if (!mayBe) return false
  const told = `${field} ${words} ${message}`
  if (aboutThisOne.test(told)) return false
  return textAlone.test(told) || (aboutPictures.test(told) && refusing.test(told))
}
