import type { Drill } from '../drill.ts'
import type { DrillStudio } from '../drill-studio.ts'

interface Listed {
  id: string
  /** A day, as `2026-12-31`. */
  shutdown_date?: string
}

const usedModels: readonly Listed[] = [
  { id: 'gpt-6-luna' },
  { id: 'gpt-6.1-terra' },
  { id: 'gpt-transcribe' },
  { id: 'gpt-image-scripted' },
]

/** What the model's server says of its models. */
const listModels = (studio: DrillStudio, data: readonly Listed[]): void =>
  studio.models.treat((operation) =>
    operation === 'GET /v1/models' ? { does: 'answer', body: { data } } : { does: 'pass' },
  )

const endingModel: Drill = {
  name: 'ending-model',
  condition:
    "The model's server announces the end of the planner's model, and knows that of the transcripts no more.",
  mending: 'Both are listed without an end.',
  alarms: ['CheckupModelShutdown', 'CheckupCheckupFailures'],
  async inject(studio) {
    const known = usedModels.filter(({ id }) => id !== 'gpt-transcribe' && id !== 'gpt-6-luna')
    listModels(studio, [...known, { id: 'gpt-6-luna', shutdown_date: '2026-01-31' }])
    await studio.checkup()
  },
  async recover(studio) {
    listModels(studio, usedModels)
    await studio.checkup()
  },
}

/** What the daily checkup finds. */
export const checkupDrills = [endingModel]
