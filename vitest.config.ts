import { defineConfig } from 'vitest/config'
import { BaseSequencer, type ProjectConfig, type TestSpecification } from 'vitest/node'
import { RunsReporter } from './test/support/limits/runs-reporter.ts'

/** What takes long mostly waits: it goes first, and others fill its pauses. */
class WaitersFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = ['processes', 'rules', 'studio']
    const rank = ({ project }: TestSpecification) => order.indexOf(project.name)
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other))
  }
}

/** What starts engines and other processes of its own. */
const processes = [
  'test/chaos/*.test.ts',
  'test/drills/drills.test.ts',
  'test/integration/engine/*.test.ts',
  'test/integration/{restart,spend-restart,assets-restart,assets-deaths,ops,ops-faults}.test.ts',
  'test/property/{idempotency,spend-caps,store-conformance}.test.ts',
  'test/rehearsal/demo.test.ts',
]
/** What runs against a deployment as well: `npm run test:deploy`. */
const deployed = ['test/deploy/journey.test.ts']

/** What asks a running studio over HTTP and sockets. */
const studio = [
  'test/integration/*.test.ts',
  'test/integration/voice/*.test.ts',
  'test/documents/{client,client-examples}.test.ts',
  ...deployed,
]

/** What needs a real model, which is installed for it: `npm run test:model`. */
const realModel = ['test/real-model/*.test.ts']

/** What drives the console in a browser, which is installed for it: `npm run test:browser`. */
const browser = ['test/browser/*.test.ts']

/** Modes whose files need more than Node. */
const furtherModes: Readonly<Record<string, { globalSetup: string; test: ProjectConfig }>> = {
  model: {
    globalSetup: 'test/real-model/global-setup.ts',
    test: { name: 'model', include: realModel },
  },
  browser: {
    globalSetup: 'test/browser/global-setup.ts',
    test: {
      name: 'browser',
      include: browser,
      // One worker, so that the files share the studio and the browser: see `useConsole`.
      isolate: false,
      maxWorkers: 1,
      environment: './test/browser/support/console-environment.ts',
    },
  },
  deploy: {
    globalSetup: 'test/deploy/global-setup.ts',
    test: { name: 'deploy', include: deployed },
  },
}

export default defineConfig(({ mode }) => ({
  test: {
    globalSetup: furtherModes[mode]?.globalSetup ?? 'test/support/studio/global-setup.ts',
    setupFiles: ['test/support/limits/apply-limits.ts', 'test/support/limits/property-seed.ts'],
    reporters: ['default', new RunsReporter()],
    env: {
      TEST_LENGTH: mode === 'all' ? 'full' : 'short',
      // Cases that fail on purpose would fill the screen.
      LOG_LEVEL: 'SILENT',
    },
    // CI may share its cores with others; what fails twice is red.
    retry: process.env.CI ? 1 : 0,
    // Studios close their engines with their worker.
    teardownTimeout: 60_000,
    // One more than the two cores, since some files mostly wait.
    maxWorkers: 3,
    sequence: { sequencer: WaitersFirst },
    projects: furtherModes[mode]
      ? [{ extends: true, test: furtherModes[mode].test }]
      : [
          { extends: true, test: { name: 'processes', include: processes } },
          {
            extends: true,
            test: {
              name: 'rules',
              include: ['test/**/*.test.ts'],
              exclude: [...processes, ...studio, ...realModel, ...browser],
              isolate: false,
            },
          },
          {
            extends: true,
            test: {
              name: 'studio',
              include: studio,
              exclude: processes,
              // One worker after all others, so that the files share their studios: see `useStudio`.
              isolate: false,
              maxWorkers: 1,
              sequence: { groupOrder: 1 },
              environment: './test/support/studio/studio-environment.ts',
            },
          },
        ],
  },
}))
