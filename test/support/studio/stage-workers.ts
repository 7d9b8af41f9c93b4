import { parseTemplate, type Template } from '../../../local/engine.ts'

/** What an event source has when its template says nothing: tests let more stages wait than a new account may. */
const stageWorkers = 10

/** A template whose stage queue is worked on by as many workers as tests need at once. */
export const withStageWorkers = (template: unknown): Template => {
  const { Resources, ...rest } = parseTemplate(template)
  const widened = Object.entries(Resources).map(([id, resource]) => {
    const { Type, Properties } = resource
    if (Type !== 'AWS::Lambda::EventSourceMapping' || !Properties?.ScalingConfig)
      return [id, resource]
    const ScalingConfig = { MaximumConcurrency: stageWorkers }
    return [id, { ...resource, Properties: { ...Properties, ScalingConfig } }]
  })
  return { ...rest, Resources: Object.fromEntries(widened) }
}
