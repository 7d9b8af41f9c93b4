import { createWriteStream, type WriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { FunctionError } from './function-error.ts'

/** The one log file of all functions: a line for each line that a function prints. */
export class FunctionLog {
  readonly #file: WriteStream
  readonly #log: (line: string) => void

  /** `log` gets a line for each invocation that failed. */
  constructor(path: string, log: (line: string) => void) {
    this.#file = createWriteStream(path, { flags: 'a' })
    this.#log = log
  }

  /** Copies what an instance prints, line by line, until it ends. */
  follow(functionName: string, stream: Readable): void {
    createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) =>
      this.#write(functionName, line),
    )
  }

  error(functionName: string, error: FunctionError): void {
    for (const line of error.trace) this.#write(functionName, line)
    this.#log(`${functionName} failed: ${error.errorType}: ${error.message}`)
  }

  async close(): Promise<void> {
    this.#file.end()
    await finished(this.#file)
  }

  #write(functionName: string, line: string): void {
    if (!this.#file.writableEnded) {
      this.#file.write(`${new Date().toISOString()} ${functionName} | ${line}\n`)
    }
  }
}
