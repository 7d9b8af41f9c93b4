import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { createCopyGate } from '../../shared/agents/copy/copy-gate.ts'
import { copyField, copySheet } from '../../shared/agents/copy/copy-sheet.ts'
import { createJudgedTexts } from '../../shared/agents/copy/judged-texts.ts'
import type { CopyFinding, Judgement } from '../../shared/contracts/copy-safety.ts'
import { StudioError } from '../../shared/contracts/errors.ts'
import { holds, propertyLimit } from '../support/limits/properties.ts'

/** Copy, and something beside it that is none. */
const sheet = copySheet({ lists: { copies: copyField(z.string(), (text) => ({ texts: [text] })) } })

const finding = (rule: string): CopyFinding => ({
  rule,
  severity: 'block',
  law: '',
  match: '',
  explanation: '',
  allowed_by: null,
})

const judge = (text: string): Judgement => ({
  verdict: text.startsWith('ruled') ? 'blocked' : 'ok',
  findings: text.startsWith('ruled') ? [finding('a.rule')] : [],
  product_types: [],
  pack_version: 'test',
})

const element = fc.record({
  kind: fc.constantFrom('copies', 'copies', 'copies', 'other'),
  how: fc.constantFrom('good', 'good', 'ruled', 'flagged'),
  /** The same text may come twice. */
  name: fc.nat(12),
})

test('what goes on is what may, in its order, while moderation answers whenever it likes', {
  timeout: propertyLimit(),
}, async () => {
  await holds(
    fc.asyncProperty(
      fc.array(element, { maxLength: 40 }),
      fc.option(fc.nat(4), { nil: undefined }),
      fc.scheduler(),
      async (elements, failsAt, scheduler) => {
        const stop = new AbortController()
        const down = new StudioError('UPSTREAM_ERROR', 'Down.')
        const asked: string[] = []
        let underWay = 0
        let calls = 0
        const moderate = async (texts: readonly string[]) => {
          const call = calls
          calls += 1
          underWay += 1
          expect(underWay).toBe(1)
          asked.push(...texts)
          await scheduler.schedule(Promise.resolve(), 'moderation')
          underWay -= 1
          if (call === failsAt) throw down
          return texts.map((text) =>
            text.startsWith('flagged') ? [finding('moderation.hate')] : [],
          )
        }
        const shown: string[] = []
        const allowed: string[] = []
        const gate = createCopyGate(
          {
            judge,
            moderate,
            basis: { pack_version: 'test', product_types: [], moderation: 'on' },
          },
          sheet,
          createJudgedTexts({ judge }),
          { onElement: (kind, item) => shown.push(`${kind} ${item}`) },
          { signal: stop.signal, stop: (reason) => stop.abort(reason) },
        )
        for (const { kind, how, name } of elements) {
          scheduler.schedule(Promise.resolve(), 'model').then(() => {
            if (kind === 'other' || how === 'good') allowed.push(`${kind} ${how} ${name}`)
            gate.take(kind, `${how} ${name}`, 1)
          })
        }
        await scheduler.waitIdle()
        await gate.settled()

        expect(new Set(asked).size).toBe(asked.length)
        expect(asked.filter((text) => text.startsWith('ruled'))).toEqual([])
        if (stop.signal.aborted) {
          expect(stop.signal.reason).toBe(down)
          expect(shown).toEqual(allowed.slice(0, shown.length))
        } else expect(shown).toEqual(allowed)
      },
    ),
    { short: 150, full: 2000 },
  )
})
