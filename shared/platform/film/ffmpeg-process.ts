import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { StudioError } from '../../contracts/errors.ts'

/** What of its messages is kept: the end names the failure. */
const keptCharacters = 1_000

export interface FfmpegProcess {
  input: Writable
  output: Readable
  /** Rejects unless it ended well. */
  ended: Promise<void>
  stop(): void
}

const failed = (what: string, tail: string, cause?: unknown): StudioError =>
  new StudioError('INTERNAL_ERROR', `ffmpeg failed: ${what}.`, {
    retryable: false,
    cause: new Error(tail.trim() || what, { cause }),
  })

/** Follows its messages and resolves with its end. */
const ending = (child: ChildProcess): Promise<void> => {
  let tail = ''
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    tail = (tail + piece).slice(-keptCharacters)
  })
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(failed('it could not be started', tail, error)))
    child.once('close', (code, signal) =>
      code === 0 ? resolve() : reject(failed(`it ended with ${signal ?? code}`, tail)),
    )
  })
}

/**
 * Starts ffmpeg. Arguments are passed as they are, without a shell; texts of users or models never stand
 * among them, nor in a filter.
 * @param path of the program
 * @param signal kills it at once
 */
export const startFfmpeg = (
  path: string,
  args: readonly string[],
  signal?: AbortSignal,
): FfmpegProcess => {
  const child = spawn(path, ['-hide_banner', '-loglevel', 'error', '-nostats', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Neither secrets nor settings of ours are its business.
    env: { PATH: process.env.PATH },
  })
  const stop = (): void => {
    child.kill('SIGKILL')
  }
  const aborted = (): void => stop()
  signal?.addEventListener('abort', aborted, { once: true })
  if (signal?.aborted) stop()
  const ended = ending(child).finally(() => signal?.removeEventListener('abort', aborted))
  // Its end is told by `ended`: a pipe that it closed early must not end this process.
  ended.catch(() => {})
  child.stdin.on('error', () => {})
  return { input: child.stdin, output: child.stdout, ended, stop }
}

/**
 * Runs ffmpeg to its end; resolves with what it wrote to its output.
 * @param limit bytes of the output, beyond which it is killed
 */
export const runFfmpeg = async (
  path: string,
  args: readonly string[],
  signal: AbortSignal,
  limit = 64 * 1024 * 1024,
): Promise<Buffer> => {
  const { input, output, ended, stop } = startFfmpeg(path, args, signal)
  input.end()
  const pieces: Buffer[] = []
  let length = 0
  output.on('data', (piece: Buffer) => {
    length += piece.length
    if (length > limit) stop()
    else pieces.push(piece)
  })
  try {
    await ended
  } catch (error) {
    throw signal.aborted ? signal.reason : error
  }
  return Buffer.concat(pieces)
}
