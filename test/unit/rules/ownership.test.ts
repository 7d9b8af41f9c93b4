import { describe, expect, it } from 'vitest'
import { ownedJob, ownedLaunch, ownedRun, ownedSession } from '../../../shared/rules/ownership.ts'

const mine = { owner: 'user_1' }
const launch = { brief: 'of a launch' } as never

describe('what a principal owns', () => {
  it.each([
    ['a session', () => ownedSession(mine, 'user_1'), mine],
    ['a run', () => ownedRun({ run: mine }, 'user_1'), { run: mine }],
    [
      'a launch',
      () => ownedLaunch({ run: { ...mine, launch } }, 'user_1'),
      { run: { ...mine, launch } },
    ],
    ['a job', () => ownedJob(mine, 'user_1'), mine],
  ])('is answered with: %s', (_, find, found) => {
    expect(find()).toEqual(found)
  })
})

describe('what a principal does not own is answered like what does not exist', () => {
  it.each([
    [
      'a session',
      'SESSION_NOT_FOUND',
      (found: boolean) => ownedSession(found ? mine : undefined, 'user_2'),
    ],
    [
      'a run',
      'RUN_NOT_FOUND',
      (found: boolean) => ownedRun(found ? { run: mine } : undefined, 'user_2'),
    ],
    [
      'a launch',
      'RUN_NOT_FOUND',
      (found: boolean) => ownedLaunch(found ? { run: { ...mine, launch } } : undefined, 'user_2'),
    ],
    ['a job', 'JOB_NOT_FOUND', (found: boolean) => ownedJob(found ? mine : undefined, 'user_2')],
  ])('%s', (_, code, find) => {
    const refusal = (found: boolean): unknown => {
      try {
        return find(found)
      } catch (error) {
        return error
      }
    }
    expect(refusal(true)).toMatchObject({ code })
    expect(refusal(true)).toEqual(refusal(false))
  })

  it('a run of a chat, as a launch, also its owner is refused', () => {
    expect(() => ownedLaunch({ run: mine }, 'user_1')).toThrow('There is no launch')
  })
})
