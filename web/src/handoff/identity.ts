import { navigate } from '../app/navigation.ts'
import { forgetKept } from '../session/conversation.ts'
import { studio } from '../session/studio.ts'

/** Makes this browser forget the owner that it acts for; the sessions stay where they are. */
export const signOut = async (): Promise<void> => {
  await studio.signOut()
  navigate({ place: 'talk', sessionId: null })
  forgetKept()
}

/** A new conversation; without the token that is no good any more, which would be refused again. */
export const beginAnew = async (forgets: boolean): Promise<void> => {
  if (forgets) await studio.signOut().catch(() => {})
  navigate({ place: 'talk', sessionId: null })
}
