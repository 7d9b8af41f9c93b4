/**
 * Follows the frame headers in a stream of WebSocket bytes, because a gateway limits single frames
 * while WebSocket libraries tell whole messages only.
 */
export class FrameSizes {
  /** The largest payload that a frame has announced, in bytes. */
  largest = 0
  #header: number[] = []
  #payloadLeft = 0

  read(chunk: Uint8Array): void {
    let position = 0
    while (position < chunk.length) {
      if (this.#payloadLeft > 0) {
        const skipped = Math.min(this.#payloadLeft, chunk.length - position)
        this.#payloadLeft -= skipped
        position += skipped
      } else {
        this.#header.push(chunk[position] ?? 0)
        position += 1
        this.#readHeader()
      }
    }
  }

  #readHeader(): void {
    const [, second] = this.#header
    if (second === undefined) return
    const shortLength = second & 0x7f
    const lengthBytes = shortLength === 126 ? 2 : shortLength === 127 ? 8 : 0
    const maskBytes = second & 0x80 ? 4 : 0
    if (this.#header.length < 2 + lengthBytes + maskBytes) return
    const length = this.#header.slice(2, 2 + lengthBytes)
    this.#payloadLeft =
      lengthBytes === 0 ? shortLength : length.reduce((sum, byte) => sum * 256 + byte, 0)
    this.largest = Math.max(this.largest, this.#payloadLeft)
    this.#header = []
  }
}
