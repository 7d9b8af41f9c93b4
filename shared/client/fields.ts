/** A name that is made once: 32 hexadecimal digits. Needs no secure context, unlike `randomUUID`. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')

/** The fields that have a value, as text: of headers, a form or a query. */
export const defined = (fields: Record<string, unknown>): Record<string, string> => {
  const texts: Record<string, string> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) texts[name] = String(value)
  }
  return texts
}
