import { createSpendService } from '../shared/services/spend/spend-service.ts'
import { createUsageService } from '../shared/services/spend/usage-service.ts'
import { type Table, table } from './clients.ts'
import { spendRepository } from './repositories.ts'

export const spendService = (clients: Table) =>
  createSpendService({ clock: clients.clock, spends: spendRepository(clients) })

export const usageService = (clients: Table = table()) =>
  createUsageService({ clock: clients.clock, spends: spendRepository(clients) })
