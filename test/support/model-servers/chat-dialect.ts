import { type Fields, idOf, type ModelText, pieces, tokensOf } from './answer.ts'

/** How a server streams an answer of chat/completions. */
export interface ChatDialect {
  /** Where thinking stands: in a field of the delta, or as a block before the answer. */
  thought?: 'reasoning_content' | 'reasoning' | 'block'
  /** The last chunk's `finish_reason`; `stop` when left out. */
  finish?: string | null
  /** Where usage stands; `none` where the server does not count. */
  usage?: 'own chunk' | 'last chunk' | 'none'
  /** Every chunk has the finish reason and the usage so far. */
  alwaysEnds?: boolean
  /** Text comes with the chunk that ends the answer. */
  endsWithText?: boolean
  /** A first chunk has no choices. */
  startsEmpty?: boolean
  leavesOut?: ('id' | 'model')[]
  cutAfter?: number
  /** Thinking holds the answer, and the message is empty. */
  emptyAnswer?: boolean
  /** Instead of the end, this chunk. */
  failure?: Fields
}

/** The chunks of one streamed answer, in a server's dialect. */
export const chatChunks = (
  model: string,
  answer: ModelText,
  dialect: ChatDialect = {},
): Fields[] => {
  const { thought, finish = 'stop', usage = 'own chunk', leavesOut = [], cutAfter } = dialect
  const head = {
    ...(leavesOut.includes('id') ? {} : { id: idOf('chatcmpl-') }),
    object: 'chat.completion.chunk',
    created: 0,
    ...(leavesOut.includes('model') ? {} : { model }),
  }
  const tokens = tokensOf(answer)
  const counted = {
    usage: {
      prompt_tokens: tokens.input,
      completion_tokens: tokens.output,
      total_tokens: tokens.input + tokens.output,
    },
  }
  const chunk = (
    delta: Fields,
    finish_reason: string | null = dialect.alwaysEnds ? finish : null,
    extra: Fields = dialect.alwaysEnds ? counted : {},
  ): Fields => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason, logprobs: null }],
    ...extra,
  })
  const thinking = answer.thought ?? ''
  const asBlock = thought === 'block' && thinking !== '' ? `<think>\n${thinking}\n</think>\n\n` : ''
  const text = dialect.emptyAnswer ? '' : `${asBlock}${answer.text.slice(0, cutAfter)}`
  const texts = pieces(text)
  const lastText = dialect.endsWithText ? texts.pop() : undefined
  const asides =
    thought === 'reasoning_content' || thought === 'reasoning'
      ? pieces(thinking).map((piece) => chunk({ [thought]: piece, content: null }))
      : []
  return [
    ...(dialect.startsEmpty ? [{ ...head, choices: [] }] : []),
    chunk({ role: 'assistant', content: '' }),
    ...asides,
    ...texts.map((content) => chunk({ content })),
    ...(dialect.failure
      ? [dialect.failure]
      : [
          chunk(
            lastText === undefined ? {} : { content: lastText },
            finish,
            usage === 'last chunk' ? counted : {},
          ),
          ...(usage === 'own chunk' ? [{ ...head, choices: [], ...counted }] : []),
        ]),
  ]
}

/** The same answer in one piece, as a server sends it that does not stream. */
export const chatCompletion = (model: string, answer: ModelText): Fields => {
  const { input, output } = tokensOf(answer)
  return {
    id: idOf('chatcmpl-'),
    object: 'chat.completion',
    model,
    choices: [
      { index: 0, message: { role: 'assistant', content: answer.text }, finish_reason: 'stop' },
    ],
    usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
  }
}
