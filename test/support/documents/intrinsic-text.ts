import * as z from 'zod'

const intrinsicSchema = z.union([
  z.strictObject({ Ref: z.string() }).transform(({ Ref }) => `<${Ref}>`),
  z
    .strictObject({ 'Fn::Sub': z.string() })
    .transform((substituted) => substituted['Fn::Sub'].replaceAll(/\$\{([^}]+)\}/g, '<$1>')),
  z
    .strictObject({ 'Fn::GetAtt': z.array(z.string()) })
    .transform((get) => `<${get['Fn::GetAtt'].join('.')}>`),
  z
    .strictObject({
      'Fn::Select': z.tuple([
        z.number(),
        z.strictObject({ 'Fn::Split': z.tuple([z.string(), z.unknown()]) }),
      ]),
    })
    .transform(({ 'Fn::Select': [number, split] }): string => {
      const [between, whole] = split['Fn::Split']
      return `<${intrinsicText.parse(whole)} by ${between}, ${number}>`
    }),
  z
    .strictObject({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) })
    .transform(({ 'Fn::Join': [between, parts] }): string =>
      parts.map((part) => intrinsicText.parse(part)).join(between),
    ),
])

/** A string of the template, with `<…>` for what it refers to. */
export const intrinsicText: z.ZodType<string> = z.union([z.string(), intrinsicSchema])
