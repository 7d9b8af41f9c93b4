import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from './command.ts'
import { onlyOne, ownerOfSession } from './named.ts'
import { repositories } from './repositories.ts'

/** A document that breaks off leaves no file that looks whole. It holds what people said: for its user alone. */
const writeWhole = async (text: AsyncIterable<string>, path: string): Promise<number> => {
  const partial = `${path}.part`
  try {
    await pipeline(Readable.from(text), createWriteStream(partial, { mode: 0o600 }))
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
  return (await stat(path)).size
}

export const exportSession: Command = {
  summary: 'Writes everything that is stored of a session to a file, as the API exports it.',
  takes: 'SESSION [--to FILE]',
  options: { to: { type: 'string' } },
  help: `The document of GET /api/chat/session/{session_id}/export: what was said and written word for word, and links to
recordings and media that are good for an hour. Its file is readable for its user alone.

  npm run ops -- export sess_01kb2…
  npm run ops -- export sess_01kb2… --to case-4711.json`,
  async run({ positionals, value, answer }) {
    const sessionId = onlyOne(positionals, 'a session')
    const owner = await ownerOfSession(repositories(), sessionId)
    const { exportService } = await import('../functions/session-composition.ts')
    const path = value('to') ?? `${sessionId}.json`
    const bytes = await writeWhole(await exportService().session(sessionId, owner), path)
    answer(
      { session_id: sessionId, file: path, bytes },
      `${path}: the session ${sessionId}, ${bytes.toLocaleString('en-US')} bytes.`,
    )
    return 0
  },
}
