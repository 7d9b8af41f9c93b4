import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { Bundle } from '../../../lib/bundle.ts'

/** The functions' bundles, which all files share. */
export const sharedBundle = (): Bundle => {
  const directory = inject('bundleDirectory')
  return { directory, metafile: JSON.parse(readFileSync(join(directory, 'metafile.json'), 'utf8')) }
}
