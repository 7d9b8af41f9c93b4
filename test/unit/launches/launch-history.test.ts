import { expect, test } from 'vitest'
import {
  createLaunchService,
  type LaunchDependencies,
} from '../../../shared/services/launches/launch-service.ts'
import { launchBrief, launchRun } from '../../support/launches/launch-runs.ts'

/** Launches of three products, newest first, and a run that was none. */
const runs = ['립밤', '핸드크림', '핸드로션'].map((product_name, index) => {
  const change = { run_id: `run_${index}`, launch: { ...launchBrief, product_name } }
  return launchRun({}, change).run
})
const { launch, ...other } = launchRun({}).run
const dependencies = { runs: { listAll: async () => [...runs, other] } }
const launches = createLaunchService(dependencies as unknown as LaunchDependencies)
const history = async (filter: Parameters<typeof launches.history>[1]) => {
  const { items, ...page } = await launches.history('principal', filter)
  return { ...page, names: items.map(({ product_name }) => product_name) }
}

test('a page says whether there is more, and what was looked for', async () => {
  expect(await history({ limit: 2, offset: 0 })).toEqual({
    names: ['립밤', '핸드크림'],
    total: 3,
    has_more: true,
    query: '',
  })
  expect(await history({ limit: 2, offset: 1 })).toMatchObject({ total: 3, has_more: false })
  expect(await history({ limit: 2, offset: 7 })).toMatchObject({ names: [], has_more: false })
  expect(await history({ q: '핸드', limit: 1, offset: 0 })).toEqual({
    names: ['핸드크림'],
    total: 2,
    has_more: true,
    query: '핸드',
  })
})
