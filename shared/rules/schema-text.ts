const texts = new WeakMap<object, string>()

/** A schema as JSON, made once: every call of an agent sends the same one. */
export const schemaText = (schema: object): string => {
  const text = texts.get(schema) ?? JSON.stringify(schema)
  texts.set(schema, text)
  return text
}
