import { signal } from '@preact/signals'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'

// The address of a page that is being opened.
vi.stubGlobal('location', { hash: '' })
vi.stubGlobal('addEventListener', () => {})
vi.stubGlobal('history', { pushState: () => {}, replaceState: () => {} })

const { navigate } = await import('../../../web/src/app/navigation.ts')
const { forgetKept, goOnIn, keepForEach, whenTurned } = await import(
  '../../../web/src/session/conversation.ts'
)
const { attach, attachAgain, attachment, detach, takeAttachment } = await import(
  '../../../web/src/talk/attachment.ts'
)

afterAll(() => vi.unstubAllGlobals())

const [one, other] = ['sess_a', 'sess_b']
const open = (sessionId: string | null): void => navigate({ place: 'talk', sessionId })

const written = signal('')
keepForEach(written, '')

beforeEach(() => {
  open(null)
  written.value = ''
  forgetKept()
})

describe('what is written', () => {
  test('stays with its conversation, and is there again when the reader comes back', () => {
    written.value = 'of none'
    open(one)
    expect(written.value).toBe('')
    written.value = 'of one'
    open(other)
    expect(written.value).toBe('')
    open(one)
    expect(written.value).toBe('of one')
    open(null)
    expect(written.value).toBe('of none')
  })

  test('stays where it is when a new conversation is given its session, and nowhere else', () => {
    written.value = 'first'
    goOnIn(one)
    expect(written.value).toBe('first')
    open(null)
    expect(written.value).toBe('')
  })

  test('is left where the page shows another place of the same conversation', () => {
    open(one)
    written.value = 'here'
    navigate({ place: 'brief', sessionId: one })
    expect(written.value).toBe('here')
  })

  test('is forgotten with the owner', () => {
    open(one)
    written.value = 'mine'
    open(null)
    forgetKept()
    open(one)
    expect(written.value).toBe('')
  })
})

test('the page turns to another conversation, and not when a new one is given its session', () => {
  const turned: (string | null)[][] = []
  whenTurned((from, to) => turned.push([from, to]))
  goOnIn(one)
  open(other)
  navigate({ place: 'run', sessionId: other })
  open(null)
  expect(turned).toEqual([
    [one, other],
    [other, null],
  ])
})

describe('a picture that goes with the next message', () => {
  const file = (name: string) => new File(['picture'], name, { type: 'image/png' })
  const attached = () => attachment.value?.picture.name

  beforeEach(() => {
    while (attachment.peek()) detach()
  })

  test('waits behind one that was not sent and is put back, and comes after it', () => {
    attach([file('later.png')])
    attachAgain({ picture: file('first.png'), preview: null })
    expect(attached()).toBe('first.png')
    expect(takeAttachment()?.picture.name).toBe('first.png')
    expect(attached()).toBe('later.png')
  })

  test('is replaced by another that is chosen, which leaves those behind it', () => {
    attach([file('later.png')])
    attachAgain({ picture: file('first.png'), preview: null })
    attach([file('instead.png')])
    expect(attached()).toBe('instead.png')
    detach()
    expect(attached()).toBe('later.png')
  })

  test('stays with its conversation', () => {
    attach([file('mine.png')])
    open(other)
    expect(attached()).toBeUndefined()
    open(null)
    expect(attached()).toBe('mine.png')
  })
})
