import { readFileSync } from 'node:fs'
import { expect, inject, test } from 'vitest'
import { runbook } from '../../docs/runbook/entries.ts'
import { runbookKeyOf } from '../../docs/runbook/keys.ts'
import { runbookPage } from '../../docs/runbook/page.ts'
import { drills } from '../drills/drills.ts'
import { standIns } from '../drills/stand-ins.ts'
import { alarmsOf, plainName, type Resources, statsById } from '../support/metric-math/alarms.ts'

const alarms = [...alarmsOf(inject('synthesis').template as Resources)]
const keys = [...new Set(alarms.map(([id, alarm]) => runbookKeyOf(plainName(id), alarm)))]

test('every alarm of the template has an entry, and every entry an alarm', () => {
  expect(Object.keys(runbook).sort()).toEqual(keys.sort())
})

test('every alarm has a drill, and no drill names another', () => {
  const drilled = new Set(drills.flatMap((drill) => drill.alarms))
  expect([...drilled].sort()).toEqual(keys.sort())
  expect(new Set(drills.map(({ name }) => name)).size).toBe(drills.length)
})

test('every metric of AWS that an alarm counts has an observation that stands for it', () => {
  const counted = alarms.flatMap(([, alarm]) =>
    [...statsById(alarm).values()]
      .filter(({ namespace }) => namespace.startsWith('AWS/'))
      .map(({ namespace, name }) => `${namespace} ${name}`),
  )
  const stoodFor = standIns.map(({ namespace, name }) => `${namespace} ${name}`)
  expect(stoodFor.sort()).toEqual([...new Set(counted)].sort())
})

test('the page says what the entries say (if not: npm run docs)', () => {
  const kept = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8')
  expect(kept === runbookPage(drills), 'docs/runbook.md is out of date: npm run docs').toBe(true)
})

const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

test('the commands that entries name exist', () => {
  const named = Object.values(runbook).flatMap(({ commands }) =>
    commands.flatMap((command) => /^npm run ([\w:]+)/.exec(command)?.[1] ?? []),
  )
  expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([])
})
