import { rmSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import synthesizeOnce from '../support/studio/global-setup.ts'
import { requireChromium } from './support/chromium.ts'
import { picturesFolder } from './support/viewports.ts'

/** Says at once when there is no browser, and not after the synthesis. */
export default (project: TestProject): Promise<() => void> => {
  requireChromium()
  rmSync(picturesFolder, { recursive: true, force: true })
  return synthesizeOnce(project)
}
