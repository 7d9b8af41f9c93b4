import { checkupDrills } from './conditions/checkup.ts'
import { modelDrills } from './conditions/models.ts'
import { platformDrills } from './conditions/platform.ts'
import { pipelineDrills } from './conditions/runs.ts'
import type { Drill } from './drill.ts'

/** Every drill, in the order in which they run. */
export const drills: readonly Drill[] = [
  ...modelDrills,
  ...pipelineDrills,
  ...platformDrills,
  ...checkupDrills,
]
