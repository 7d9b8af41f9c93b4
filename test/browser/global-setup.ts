import type { TestProject } from 'vitest/node'
import synthesizeOnce from '../support/studio/global-setup.ts'
import { requireChromium } from './support/chromium.ts'

/** Says at once when there is no browser, and not after the synthesis. */
export default (project: TestProject): Promise<() => void> => {
  requireChromium()
  return synthesizeOnce(project)
}
