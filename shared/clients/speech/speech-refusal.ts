import { StudioError } from '../../contracts/errors.ts'
import { modelSettingNames } from '../../platform/environment-names.ts'
import { readRefusal, refusedRequest } from '../openai/errors.ts'
import { reportOf } from '../openai/failure-in-stream.ts'
import { fieldsOf, parsedJson } from '../openai/loose-json.ts'
import type { VendorReport } from '../openai/vendor-failure.ts'

/** Bytes that an error's JSON has at most. */
const maxError = 64 * 1024

const asFailure = (refusal: VendorReport, private_: string[]): StudioError => {
  const failure = refusedRequest(refusal, private_)
  if (refusal.code !== 'model_not_found') return failure
  const message = `The server has no model of the name that ${modelSettingNames.ttsModel} gives.`
  return new StudioError('CAPABILITY_NOT_CONFIGURED', message, {
    cause: failure.cause,
  })
}

/** The product's error for an answer that is no success. */
export const refusedSpeech = async (response: Response, private_: string[]): Promise<StudioError> =>
  asFailure(await readRefusal(response), private_)

/** Some servers answer 200 and say in JSON why there is no sound. */
export const refusalIn = (audio: Uint8Array, private_: string[]): StudioError | undefined => {
  if (audio.length > maxError) return undefined
  const json = parsedJson(Buffer.from(audio).toString('utf8'))
  const { error, detail, message } = fieldsOf(json)
  if (!error && !detail && !message) return undefined
  return asFailure(reportOf(json, { inStream: true }), private_)
}
