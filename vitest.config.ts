import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/global-setup.ts',
    setupFiles: 'test/support/property-seed.ts',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // CI may share its cores with others; what fails twice is red.
    retry: process.env.CI ? 1 : 0,
    // One more than the two cores: some files mostly wait for an engine of their own.
    maxWorkers: 3,
  },
})
