import { formTopics } from './form-topics.ts'
import type { FunctionalTopic } from './functional-topic.ts'
import { organTopics } from './organ-topics.ts'

/** Every recognised function. */
export const functionalTopics: readonly FunctionalTopic[] = [...organTopics, ...formTopics]
