import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes long mostly waits: it goes first, and others fill its pauses. */
class WaitersFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const waits = ({ moduleId }: TestSpecification) =>
      /\/(chaos|rehearsal)\/|start\.test|idempotency/.test(moduleId)
    const sorted = await super.sort(files)
    return [...sorted.filter(waits), ...sorted.filter((file) => !waits(file))]
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/studio/global-setup.ts',
    setupFiles: 'test/support/simulation/property-seed.ts',
    // They end what hangs; no test relies on being quick.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // CI may share its cores with others; what fails twice is red.
    retry: process.env.CI ? 1 : 0,
    // One more than the two cores, since some files mostly wait.
    maxWorkers: 3,
    sequence: { sequencer: WaitersFirst },
  },
})
