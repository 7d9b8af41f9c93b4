import type { Reporter, TestModule } from 'vitest/node'

/** Says at the end how many cases of each property were tried. */
export class RunsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { runs } = test.meta()
        if (runs) console.log(`${runs.tried} of ${runs.wanted} cases: ${test.fullName}`)
      }
    }
  }
}
