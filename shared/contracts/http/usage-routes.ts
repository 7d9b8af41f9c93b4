import { UsageReport } from '../spend.ts'
import { type Route, routeDefaults } from './route.ts'

export const usageRoutes = {
  usage: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/usage',
    summary: 'What the caller used today and in the last 30 days, what it cost, and what is left',
    etag: true,
    answer: UsageReport,
  },
} as const satisfies Record<string, Route>
