import { describe, expect, it, onTestFinished } from 'vitest'
import { limit } from '../support/limits/machine-speed.ts'
import { isFullLength } from '../support/limits/run-length.ts'
import { ageRun, purgeDeadLetters, sendDeadLetters } from '../support/ops/faults.ts'
import { type Started, useOperatedStudio } from '../support/ops/operated-studio.ts'
import { scriptRun } from '../support/studio/studio.ts'

const studio = useOperatedStudio()
const { ops, startRun, untilEnd, hangingRun } = studio

/** Leaves nothing that stands still for the next test. */
const cancelled = async ({ runId }: Started): Promise<void> => {
  await ops('cancel', runId)
}

describe.runIf(isFullLength)('what stands still', { timeout: limit(120_000) }, () => {
  it('is nothing while all is well', async () => {
    const told = await ops('stuck')
    expect(told.code).toBe(0)
    expect(told.out).toContain('Nothing stands still')
  })

  it('is found with its reason, and a command that ends it', async () => {
    const run = await hangingRun()
    onTestFinished(() => cancelled(run))
    await ageRun(studio.engine, run.runId, { minutes: 40 })
    const told = await ops('stuck')
    expect(told.code).toBe(1)
    expect(told.out).toContain(`run ${run.runId}`)
    const words = told.out.replace(/\s+/g, ' ')
    expect(words).toContain('still RUNNING')
    expect(words).toContain('The sweeper ends only runs whose execution has ended.')
    const command = `cancel ${run.runId}`
    expect(told.out).toContain(command)
    expect((await ops('explain', run.runId)).code).toBe(1)
    expect((await ops(...command.split(' '))).code).toBe(0)
    expect((await ops('stuck')).code).toBe(0)
  })

  it('names the sweeper as the cause when that does not come', async () => {
    const run = await hangingRun()
    onTestFinished(() => cancelled(run))
    await ageRun(studio.engine, run.runId, { minutes: 5, attempt: 2 })
    const { code, out } = await ops('stuck', '--json')
    expect(code).toBe(1)
    const { findings } = JSON.parse(out)
    expect(findings).toContainEqual(
      expect.objectContaining({
        id: run.runId,
        verdict: 'stands',
        why: expect.stringMatching(/never started.*The sweeper comes once a minute/),
      }),
    )
    expect((await ops('explain', run.runId)).out).toContain('STUCK')
  })
})

describe.runIf(isFullLength)('dead letters', { timeout: limit(120_000) }, () => {
  it('are shown, sent once, and done; what cannot be read stays', async () => {
    const run = await startRun(() => scriptRun(studio.model))
    await untilEnd(run)
    const task_token = 'a-token-that-opens-an-execution'
    const task = { run_id: run.runId, attempt: 1, stage: 'strategy', retry: 0, task_token }
    onTestFinished(() => purgeDeadLetters(studio.engine))
    await sendDeadLetters(studio.engine, [JSON.stringify(task), 'not one of ours'])
    expect((await ops('stuck')).out).toContain('redrive stages --dry-run')

    const dry = await ops('redrive', '--dry-run')
    expect(dry.code).toBe(1)
    expect(dry.out).toContain(`waits`)
    expect(dry.out).toContain('Its run is DONE: a worker drops it.')
    expect(dry.out).toContain('It cannot be read')
    expect(dry.out).not.toContain(task_token)

    const sent = await ops('redrive', 'stages', '--json')
    expect(sent.code).toBe(1)
    const { messages } = JSON.parse(sent.out)
    expect(messages.map((one: { sent: boolean }) => one.sent).sort()).toEqual([false, true])
    const again = JSON.parse((await ops('redrive', 'stages', '--json')).out)
    expect(again.messages).toMatchObject([{ task: null, sent: false }])
    expect((await run.client.get(`/api/runs/${run.runId}`)).body.state).toBe('DONE')
  })
})
