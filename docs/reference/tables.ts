import { agentTables } from './agents.ts'
import { benchTables } from './bench.ts'
import { filmTables } from './films.ts'
import { itemTables } from './items.ts'
import { modelTables } from './models.ts'
import { routeTables } from './routes.ts'
import { keptScaleTables } from './scale.ts'
import { soundTables } from './sound.ts'
import { stateTables } from './states.ts'

/** Parts of pages that the code says better, by the name in their mark. */
export const referenceTables: Readonly<Record<string, () => string[]>> = {
  ...agentTables,
  ...benchTables,
  ...filmTables,
  ...itemTables,
  ...modelTables,
  ...routeTables,
  ...keptScaleTables,
  ...soundTables,
  ...stateTables,
}
