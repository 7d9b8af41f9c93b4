import { createStudio, StudioProblem, storedCursors } from 'launch-studio-client'
import { emptySession, reduce, type SessionLogState } from 'launch-studio-client/reduce'

/**
 * A page that shows a conversation: the screen is a function of the log, so that a reload, a second tab
 * and a sleep end in the same picture.
 * @param show draws the state; called once for each event
 */
export const talk = async (
  show: (state: SessionLogState) => void,
  tell: (text: string) => void,
): Promise<{ send(text: string): Promise<void>; leave(): void }> => {
  const studio = createStudio({
    token: localStorage.getItem('token') ?? undefined,
    onToken: (token) => localStorage.setItem('token', token),
    cursors: storedCursors(localStorage),
  })
  const known = localStorage.getItem('session')
  const session = known ? studio.session(known) : await studio.createSession()
  localStorage.setItem('session', session.id)

  let state = emptySession
  // `after: 0` reads from the beginning: the state above knows nothing yet.
  const events = session.events({ after: 0 })
  events.on((event) => {
    state = reduce(state, event)
    show(state)
  })
  events.status.subscribe(({ state: connection }) => tell(connection))

  return {
    async send(text) {
      try {
        await session.send(text)
      } catch (error) {
        if (!(error instanceof StudioProblem)) throw error
        tell(error.message)
      }
    },
    // Leaving stops no turn and no run: that is what `session.stop()` and `run.cancel()` are for.
    leave: () => events.close(),
  }
}
