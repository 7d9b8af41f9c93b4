import * as z from 'zod'

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).optional(),
  Condition: z.string().optional(),
})

const templateSchema = z.looseObject({
  Resources: z.record(z.string(), resourceSchema),
  Parameters: z.record(z.string(), z.looseObject({ Default: z.unknown().optional() })).optional(),
  Conditions: z.record(z.string(), z.unknown()).optional(),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })).optional(),
})

export type Resource = z.infer<typeof resourceSchema>

/** A synthesized CloudFormation template, as far as the engine looks into it. */
export type Template = z.infer<typeof templateSchema>

/** Something in the template that cannot be read; the message names the resource and the place. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
}

/** Reads a template, for instance from `template.json` of a cloud assembly. Throws TemplateError. */
export const parseTemplate = (value: unknown): Template => {
  const parsed = templateSchema.safeParse(value)
  if (!parsed.success) {
    throw new TemplateError(`This is no CloudFormation template: ${z.prettifyError(parsed.error)}`)
  }
  return parsed.data
}
