import { inject } from 'vitest'
import * as z from 'zod'
import { type FunctionName, functionEntries } from '../../lib/bundle.ts'
import type { Template } from '../../lib/synthesize.ts'
import { intrinsicText as text } from '../support/documents/intrinsic-text.ts'

/** The template of `dev` with default settings. */
export const template = inject('synthesis').template as Template

export const functionNames = Object.keys(functionEntries) as FunctionName[]

/** Every resource of a type, by logical id, with its properties parsed by the schema. */
export const resourcesOf = <Schema extends z.ZodType>(
  template: Template,
  type: string,
  schema: Schema,
): Map<string, z.infer<Schema>> => {
  const resources = Object.entries(template.Resources).filter(([, { Type }]) => Type === type)
  return new Map(resources.map(([id, { Properties }]) => [id, schema.parse(Properties)]))
}

/** Our own functions: without the CDK's, which copy the console's files and empty buckets. */
export const functionsOf = <Schema extends z.ZodType>(
  template: Template,
  schema: Schema,
): Map<string, z.infer<Schema>> => {
  const own = Object.entries(template.Resources).filter(([id]) => !ofTheCdk.test(id))
  return resourcesOf(
    { ...template, Resources: Object.fromEntries(own) },
    'AWS::Lambda::Function',
    schema,
  )
}

const ofTheCdk = /^Custom(CDKBucketDeployment|S3AutoDeleteObjects)/

/** The properties of one resource, by logical id. */
export const resourceOf = <Schema extends z.ZodType>(
  template: Template,
  logicalId: string,
  schema: Schema,
): z.infer<Schema> => schema.parse(template.Resources[logicalId]?.Properties)

export { text }

/** One value or a list of them, as a list. */
export const texts = z
  .union([text, z.array(text)])
  .transform((value) => (Array.isArray(value) ? value : [value]))

const statementSchema = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts,
  Resource: texts.optional(),
  Principal: z.unknown().optional(),
  Condition: z.unknown().optional(),
})

export const policySchema = z.object({
  PolicyDocument: z.object({ Statement: z.array(statementSchema) }),
  Roles: z.array(text).optional(),
})
