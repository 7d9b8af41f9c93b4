import { describe, expect, it } from 'vitest'
import {
  ownedLaunch,
  ownedRun,
  ownedSession,
  readableJob,
  readableLaunch,
  readableRun,
  readableSession,
} from '../../../shared/rules/ownership.ts'

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
    ['a job', () => readableJob(mine, 'user_1'), mine],
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
    ['a job', 'JOB_NOT_FOUND', (found: boolean) => readableJob(found ? mine : undefined, 'user_2')],
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

describe('a reader', () => {
  const shared = { ...mine, readers: ['user_2', 'user_3'] }

  it.each([
    ['a session', () => readableSession(shared, 'user_3'), shared],
    ['a run', () => readableRun({ run: shared }, 'user_3'), { run: shared }],
    [
      'a launch',
      () => readableLaunch({ run: { ...shared, launch } }, 'user_3'),
      { run: { ...shared, launch } },
    ],
    ['a job', () => readableJob(shared, 'user_3'), shared],
  ])('may read %s', (_, find, found) => {
    expect(find()).toEqual(found)
  })

  it.each([
    ['a session', () => ownedSession(shared, 'user_3')],
    ['a run', () => ownedRun({ run: shared }, 'user_3')],
    ['a launch', () => ownedLaunch({ run: { ...shared, launch } }, 'user_3')],
  ])('may not change %s, and is told so', (_, find) => {
    expect(find).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
  })

  it.each([
    ['a session', 'SESSION_NOT_FOUND', () => readableSession(shared, 'user_4')],
    ['a run', 'RUN_NOT_FOUND', () => readableRun({ run: shared }, 'user_4')],
    ['a job', 'JOB_NOT_FOUND', () => readableJob(shared, 'user_4')],
  ])('of %s is nobody else', (_, code, find) => {
    expect(find).toThrow(expect.objectContaining({ code }))
  })
})
