import { signal } from '@preact/signals'
import { StudioProblem } from '../../../shared/client/index.ts'
import { navigate } from '../app/navigation.ts'
import { toast } from '../design/status.tsx'
import { studio } from '../session/studio.ts'
import { handoffWords } from '../wording/handoff.ts'
import { codeIn } from './code.ts'

/** Where the reader is with taking a session over; null when they are not about it. */
export type Joining =
  | { step: 'asking' }
  | { step: 'redeeming'; code: string }
  /** This browser is another owner, whose sessions it would lose sight of. */
  | { step: 'conflict'; code: string; problem: StudioProblem }
  | { step: 'refused'; code: string; problem: StudioProblem }

export const joining = signal<Joining | null>(null)

export const askForCode = (): void => {
  joining.value = { step: 'asking' }
}

export const endJoining = (): void => {
  joining.value = null
}

export const redeem = async (code: string, { replace = false } = {}): Promise<void> => {
  joining.value = { step: 'redeeming', code }
  try {
    const { session_id } = await studio.redeem({ code, replace })
    // The cookie is another one now: a stream that was refused tries again at once.
    studio.use(undefined)
    endJoining()
    // The page may be at that session already, which it could not read: it opens it anew.
    navigate({ place: 'talk', sessionId: null }, { replace: true })
    navigate({ place: 'talk', sessionId: session_id }, { replace: true })
    toast(handoffWords.peek().taken, 'good')
  } catch (error) {
    if (!(error instanceof StudioProblem)) throw error
    const step = error.code === 'IDENTITY_CONFLICT' ? 'conflict' : 'refused'
    joining.value = { step, code, problem: error }
  }
}

/** Redeems the code of an address that a link or a QR code opened, and takes it out of the address. */
export const redeemFromAddress = (): void => {
  const code = codeIn(location.hash)
  if (code === null) return
  navigate({ place: 'talk', sessionId: null }, { replace: true })
  void redeem(code)
}
