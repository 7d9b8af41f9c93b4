import * as z from 'zod'
import { AwsError } from '../aws/aws-error.ts'
import { checkTextSignature } from '../aws/signature.ts'

const rangeSchema = z.tuple([z.literal('content-length-range'), z.number(), z.number()])
const matchSchema = z.tuple([z.enum(['eq', 'starts-with']), z.string(), z.string()])

const policySchema = z.object({
  expiration: z.iso.datetime(),
  conditions: z.array(z.union([rangeSchema, matchSchema, z.record(z.string(), z.string())])),
})
type Condition = z.infer<typeof policySchema>['conditions'][number]

/** Fields that no condition need speak of. */
const free = new Set(['policy', 'x-amz-signature', 'file'])

const readPolicy = (policy: string) => {
  try {
    return policySchema.parse(JSON.parse(Buffer.from(policy, 'base64').toString('utf8')))
  } catch {
    throw new AwsError('InvalidPolicyDocument', 'The policy cannot be read.', 400)
  }
}

const checkSize = (bytes: number, least: number, most: number): void => {
  if (bytes < least) {
    throw new AwsError('EntityTooSmall', 'Your proposed upload is too small.', 400)
  }
  if (bytes > most) {
    throw new AwsError('EntityTooLarge', 'Your proposed upload is too large.', 400)
  }
}

/** The fields that a condition is about and whether each fits. */
const judge = (
  condition: Condition,
  value: (field: string) => string,
): Array<[string, boolean]> => {
  if (!Array.isArray(condition)) {
    return Object.entries(condition).map(([field, wanted]) => [field, value(field) === wanted])
  }
  const [operator, name, wanted] = condition
  if (operator === 'content-length-range') return []
  const field = name.replace(/^\$/, '')
  const fits = operator === 'eq' ? value(field) === wanted : value(field).startsWith(String(wanted))
  return [[field, fits]]
}

/**
 * Checks a form that was posted to a bucket against the policy that it carries. Throws AwsError
 * when the policy was not signed by us, has expired, or does not allow this form.
 */
export const checkUploadForm = async (
  bucket: string,
  contentType: string,
  body: Uint8Array<ArrayBuffer>,
  now = Date.now(),
): Promise<void> => {
  const headers = { 'content-type': contentType }
  const form = await new Response(body, { headers }).formData().catch(() => {
    throw new AwsError('MalformedPOSTRequest', 'The body is no well-formed form.', 400)
  })
  const fields = new Map<string, string>([['bucket', bucket]])
  for (const [name, value] of form) {
    if (typeof value === 'string') fields.set(name.toLowerCase(), value)
  }
  const value = (field: string): string => fields.get(field.toLowerCase()) ?? ''
  const policy = value('policy')
  if (policy === '') throw new AwsError('AccessDenied', 'Anonymous uploads are not allowed.', 403)
  const signature = value('x-amz-signature')
  const claim = { credential: value('x-amz-credential'), date: value('x-amz-date'), signature }
  await checkTextSignature(claim, policy)
  const { expiration, conditions } = readPolicy(policy)
  if (now > Date.parse(expiration)) {
    throw new AwsError('AccessDenied', 'Invalid according to Policy: Policy expired.', 403)
  }
  const judged = conditions.flatMap((condition) => judge(condition, value))
  const broken = judged.find(([, fits]) => !fits)?.[0]
  const allowed = new Set(judged.map(([field]) => field.toLowerCase()))
  const extra = [...fields.keys()].find(
    (field) => field !== 'bucket' && !allowed.has(field) && !free.has(field),
  )
  if (broken !== undefined || extra !== undefined) {
    const message = `Invalid according to Policy: ${broken ?? `Extra input fields: ${extra}`}`
    throw new AwsError('AccessDenied', message, 403)
  }
  const file = form.get('file')
  const bytes = file instanceof Blob ? file.size : Buffer.byteLength(file ?? '')
  for (const condition of conditions) {
    const range = rangeSchema.safeParse(condition)
    if (range.success) checkSize(bytes, range.data[1], range.data[2])
  }
}
