import type { ResponseOutputItem, ResponseStreamEvent } from 'openai/resources/responses/responses'
import { StudioError } from '../../contracts/errors.ts'
import type { ModelEvent } from './model-client.ts'

/** What an item that is complete tells beside its text. */
function* itemEvents(item: ResponseOutputItem, partStart: number): Generator<ModelEvent> {
  if (item.type === 'web_search_call' && 'action' in item) {
    const sources = 'sources' in item.action ? (item.action.sources ?? []) : []
    const queries = 'query' in item.action ? [item.action.query] : []
    yield { type: 'search', queries, sources: sources.map(({ url }) => ({ url, title: null })) }
  }
  if (item.type !== 'message' || item.phase === 'commentary') return
  for (const content of item.content) {
    if (content.type === 'refusal') yield { type: 'refusal', reason: content.refusal }
    else {
      for (const annotation of content.annotations ?? []) {
        if (annotation.type !== 'url_citation') continue
        const { url, title, end_index } = annotation
        yield {
          type: 'citation',
          url,
          title: title ?? null,
          end: end_index,
          part: item.id,
          partStart,
        }
      }
    }
  }
}

/** The vendor's events as ours. */
export async function* responsesEvents(
  events: AsyncIterable<ResponseStreamEvent>,
): AsyncGenerator<ModelEvent> {
  const asides = new Set<number>()
  const items: ResponseOutputItem[] = []
  const starts = new Map<number, number>()
  let length = 0
  for await (const event of events) {
    switch (event.type) {
      case 'response.output_item.added':
        if (event.item.type === 'message' && event.item.phase === 'commentary') {
          asides.add(event.output_index)
        }
        break
      case 'response.output_text.delta':
        if (asides.has(event.output_index)) yield { type: 'aside', text: event.delta }
        else if (event.delta !== '') {
          if (!starts.has(event.output_index)) starts.set(event.output_index, length)
          length += event.delta.length
          yield { type: 'text', text: event.delta }
        }
        break
      case 'response.output_item.done':
        items.push(event.item)
        break
      case 'response.refusal.delta':
      case 'response.refusal.done':
        yield { type: 'refusal', reason: null }
        break
      case 'response.completed':
      case 'response.incomplete': {
        const { response } = event
        const output = response.output.length > 0 ? response.output : items
        for (const [index, item] of output.entries()) {
          yield* itemEvents(item, starts.get(index) ?? 0)
        }
        if (response.usage) yield { type: 'usage', usage: response.usage }
        const why = response.incomplete_details?.reason
        const reason = why === 'content_filter' ? 'filtered' : 'length'
        yield {
          type: 'end',
          id: response.id,
          model: response.model,
          reason: response.status === 'completed' ? 'complete' : reason,
        }
        return
      }
    }
  }
  throw new StudioError('UPSTREAM_ERROR', "The model's stream ended before its answer did.")
}
