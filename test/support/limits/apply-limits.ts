import { vi } from 'vitest'
import { limit } from './machine-speed.ts'

// Set up before each file, so that the limits follow the load.
vi.setConfig({ testTimeout: limit(30_000), hookTimeout: limit(60_000) })
