const bytes = new Map<string, number[]>()

/** What older Korean sites send. Node only decodes it, so the table is read from its decoder. */
export const eucKr = (text: string): Buffer => {
  if (bytes.size === 0) {
    const decoder = new TextDecoder('euc-kr')
    for (let lead = 0xa1; lead <= 0xfe; lead += 1) {
      for (let trail = 0xa1; trail <= 0xfe; trail += 1) {
        bytes.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail])
      }
    }
  }
  return Buffer.from(
    Array.from(text).flatMap((character) => bytes.get(character) ?? [...Buffer.from(character)]),
  )
}
