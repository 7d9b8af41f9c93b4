/** Where a list price of media was read. */
interface PriceSource {
  /** The dated table that names the price wherever a cost is told; its date is the day of the look. */
  table: string
  /** As it is sent to the vendor; `*` for any other of the table. */
  model: string
  source: string
  /**
   * Whether the number stood on the vendor's own page, or in a dated transcript of that. What is told by others alone
   * is not verified, and estimates say so.
   */
  verified: boolean
}

const openaiModel = (table: string, model: string, verified: boolean): PriceSource => ({
  ...{ table, model, verified },
  source: `https://developers.openai.com/api/docs/models/${model}`,
})

const images = 'images-2026-11-26'
const speech = 'speech-2026-11-26'

/** Of the prices in `image-prices`, `service-prices` (speech) and `films/film-offers`. */
const sources: readonly PriceSource[] = [
  openaiModel(images, 'gpt-image-1-mini', true),
  // Only resellers were found with its prices; they agree with each other.
  openaiModel(images, 'gpt-image-1.5', false),
  // What tokens cost was told second-hand, and what a picture comes to follows from it.
  {
    ...{ table: images, model: '*', verified: false },
    source: 'https://developers.openai.com/api/docs/pricing',
  },
  openaiModel(speech, 'tts-1', true),
  openaiModel(speech, 'tts-1-hd', true),
  openaiModel(speech, 'gpt-4o-mini-tts', true),
  {
    ...{ table: speech, model: 'neural', verified: true },
    source:
      'https://aws.amazon.com/polly/pricing, as api-evangelist/amazon-polly transcribed it on 2026-10-07',
  },
  // Its card says that AWS Marketplace bills it; no page with a number was found.
  {
    ...{ table: 'films-2026-11-26', model: 'luma.ray-v2:0', verified: false },
    source: 'https://aws.amazon.com/bedrock/pricing',
  },
]

/** Whether a price was read where the vendor states it. False for a price that nothing is known of. */
export const isVerifiedPrice = (table: string, model: string): boolean => {
  const ofTable = sources.filter((source) => source.table === table)
  const found =
    ofTable.find((source) => source.model === model) ??
    ofTable.find((source) => source.model === '*')
  return found?.verified ?? false
}
