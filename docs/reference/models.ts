import { agentNames } from '../../shared/contracts/agents.ts'
import { modelSettingNames as names } from '../../shared/platform/environment-names.ts'
import { defaultImageModel } from '../../shared/platform/image-settings.ts'
import { defaultModels, defaultServiceModels } from '../../shared/platform/model-settings.ts'
import { defaultFilmModel } from '../../shared/rules/films/film-offers.ts'
import { noOwnPrices } from '../../shared/rules/model-prices.ts'
import { priceOf } from '../../shared/rules/prices.ts'
import { code, table } from './markdown.ts'

/** A model that its vendor has ended or will end, as it said when the list was read. */
export interface EndedModel {
  model: string
  /** The last day, in UTC. */
  until: string
  /** What takes its place here. */
  instead: string
}

/** When the vendor's list was read; `npm run doctor` asks for today's. */
export const endsRead = '2026-11-25'

export const endedModels: readonly EndedModel[] = [
  {
    model: 'sora-2',
    until: '2026-09-24',
    instead: 'Bedrock, another `/videos` server, or our own motion',
  },
  { model: 'sora-2-pro', until: '2026-09-24', instead: 'the same' },
  { model: 'gpt-image-1.5', until: '2026-12-01', instead: code(defaultImageModel) },
  { model: 'gpt-5', until: '2026-12-11', instead: code(defaultModels.creative) },
  {
    model: 'tts-1',
    until: '2027-01-06',
    instead: 'Amazon Polly, or another `/audio/speech` server',
  },
  { model: 'gpt-4o-mini-tts', until: '2027-01-06', instead: 'the same' },
  { model: 'gpt-4o', until: '2027-01-14', instead: code(defaultModels.creative) },
  { model: 'gpt-4.1', until: '2027-01-14', instead: code(defaultModels.creative) },
  { model: 'whisper-1', until: '2027-02-26', instead: code(defaultServiceModels.transcription) },
  {
    model: 'gpt-4o-transcribe',
    until: '2027-02-26',
    instead: code(defaultServiceModels.transcription),
  },
]

const priceText = (model: string): string => {
  const price = priceOf({ provider: 'openai', model }, `${endsRead}T00:00:00.000Z`, noOwnPrices)
  return price ? `${price.input} / ${price.output}` : ''
}

/** What each capability uses unless a setting says otherwise, and what else it may use. */
export const defaultCapabilities: readonly {
  what: string
  model: string
  setting: string
  alternatives: string
}[] = [
  ...agentNames.map((agent) => ({
    what: `text: ${agent}`,
    model: defaultModels[agent],
    setting: names[`${agent}Model`],
    alternatives:
      agent === 'picture'
        ? 'a model that sees, on any server'
        : 'any server with `/responses` or `/chat/completions`',
  })),
  {
    what: 'pictures',
    model: defaultImageModel,
    setting: names.imageModel,
    alternatives: '`gpt-image-2.6-sunburst`; any server with `/images/generations`',
  },
  {
    what: 'transcription',
    model: defaultServiceModels.transcription,
    setting: names.sttModel,
    alternatives:
      'Amazon Transcribe (the default when deployed); any server with `/audio/transcriptions`',
  },
  {
    what: 'moderation',
    model: defaultServiceModels.moderation,
    setting: names.moderationModel,
    alternatives: 'none; our own rules judge every text in any case',
  },
  {
    what: 'films',
    model: defaultFilmModel,
    setting: names.videoModel,
    alternatives: 'our own motion (the default, no model); any server with `/videos`',
  },
]

export const modelTables = {
  models: () =>
    table(
      ['capability', 'default', 'US dollars for a million tokens, in / out', 'setting', 'instead'],
      defaultCapabilities.map(({ what, model, setting, alternatives }) => [
        what,
        code(model),
        priceText(model),
        code(setting),
        alternatives,
      ]),
    ),
  'model-ends': () => [
    `As the vendor's list said on ${endsRead}.`,
    '',
    ...table(
      ['model', 'until', 'here instead'],
      endedModels.map(({ model, until, instead }) => [code(model), until, instead]),
    ),
  ],
}
