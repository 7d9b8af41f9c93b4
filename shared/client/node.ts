import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Cursors, seqIn } from './cursors.ts'

/** Cursors as files of a folder, one for each session: what a process of its own goes on from. */
export const fileCursors = (folder: string): Cursors => {
  const fileOf = (id: string): string => join(folder, `${encodeURIComponent(id)}.seq`)
  /** The newest position of each session that is still to be written; one write at a time. */
  const wanted = new Map<string, number>()
  let writing: Promise<void> = Promise.resolve()

  const write = async (id: string): Promise<void> => {
    const seq = wanted.get(id)
    if (seq === undefined) return
    wanted.delete(id)
    const file = fileOf(id)
    await mkdir(dirname(file), { recursive: true })
    // Renamed into its place: a process that dies meanwhile leaves the position before.
    await writeFile(`${file}.new`, String(seq))
    await rename(`${file}.new`, file)
  }
  /** What cannot be written is not kept: the next start reads more of the log again. */
  const soon = (work: () => Promise<void>): Promise<void> => {
    writing = writing.then(work).catch(() => {})
    return writing
  }
  return {
    async read(id) {
      await writing
      return seqIn(await readFile(fileOf(id), 'utf8').catch(() => null))
    },
    keep(id, seq) {
      const isWaiting = wanted.has(id)
      wanted.set(id, seq)
      return isWaiting ? writing : soon(() => write(id))
    },
    forget(id) {
      wanted.delete(id)
      return soon(() => rm(fileOf(id), { force: true }))
    },
  }
}
