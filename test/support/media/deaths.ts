import { existsSync, readdirSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A point at which one worker of media dies. */
export interface Death {
  /** Of this death alone. */
  name: string
  run: string
  when: 'before' | 'after'
  /** A regular expression of what the worker asks for: `asset fetch POST /v1/videos`, `export s3 GET /…`. */
  at: string
}

export const deathFolderName = 'DEATH_FOLDER'
export const deathFile = 'deaths.json'
export const deathHook = new URL('./death-hook.ts', import.meta.url).href

/** The deaths of an engine's workers, in a folder that its threads read. */
export const createDeaths = (folder: string) => {
  let names: string[] = []
  return {
    environment: { [deathFolderName]: folder },
    async plan(deaths: readonly Death[]): Promise<void> {
      await rm(folder, { recursive: true, force: true })
      await mkdir(folder, { recursive: true })
      names = deaths.map(({ name }) => name)
      await writeFile(join(folder, deathFile), JSON.stringify(deaths))
    },
    /** Those that have not happened yet. */
    due: (): string[] => names.filter((name) => !existsSync(join(folder, `${name}.dead`))),
    happened: (): number =>
      existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.dead')).length : 0,
  }
}
