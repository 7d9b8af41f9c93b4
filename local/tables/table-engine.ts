import { dynamodbLocal } from './dynamodb-local.ts'
import { dynoxide } from './dynoxide.ts'
import { startTableProgram, type TableEngine } from './table-program.ts'

export const tableEngineNames = ['dynoxide', 'dynamodb-local'] as const

/** What serves the tables: each keeps its own, and knows nothing of the other's. */
export type TableEngineName = (typeof tableEngineNames)[number]

/** There is no table engine of this name; the message lists those that there are. */
export class TableEngineUnknown extends Error {
  override readonly name = 'TableEngineUnknown'
}

/** @throws TableEngineUnknown */
export const tableEngineName = (value: string): TableEngineName => {
  const name = tableEngineNames.find((each) => each === value)
  if (name !== undefined) return name
  throw new TableEngineUnknown(
    `There is no table engine ${JSON.stringify(value)}; there are ${tableEngineNames.join(' and ')}.`,
  )
}

/**
 * Starts a DynamoDB engine on its files in the folder. Throws when it is not installed and cannot be, and when it does
 * not come up in time.
 */
export const startTableEngine = async (
  name: TableEngineName,
  dataDirectory: string,
  log: (line: string) => void,
): Promise<TableEngine> =>
  startTableProgram(
    name === 'dynoxide' ? dynoxide(dataDirectory) : await dynamodbLocal(dataDirectory, log),
    dataDirectory,
    log,
  )
