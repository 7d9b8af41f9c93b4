import type { ComponentChildren } from 'preact'
import { navigate, route } from '../app/navigation.ts'
import { now } from '../app/now.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/surfaces.tsx'
import { beginAnew } from '../handoff/identity.ts'
import { askForCode } from '../handoff/joining.ts'
import { briefWords } from '../wording/brief.ts'
import { duration, timeOfDay } from '../wording/time.ts'
import { troubleWords } from '../wording/trouble.ts'
import { nextDay, operatorDetail, type Told, type Trouble, toneOf, troubleOf } from './trouble.ts'

export interface ProblemNoticeProps {
  problem: Told
  /** What it is about, where the code alone does not tell. */
  title?: string | undefined
  onAgain?: (() => void) | undefined
  againLabel?: string | undefined
  busy?: boolean | undefined
  /** Ways on, beside trying again. */
  actions?: ComponentChildren
}

const wordOf = (texts: Readonly<Record<string, string>>, code: string): string | undefined =>
  Object.hasOwn(texts, code) ? texts[code] : undefined

/** The one way in which a problem is told: what it is, the server's sentence, and how to go on. */
export const ProblemNotice = (props: ProblemNoticeProps) => {
  const words = troubleWords.value
  const trouble = troubleOf(props.problem)
  const { code, message, requestId } = trouble
  return (
    <Notice
      tone={toneOf(code)}
      title={props.title ?? wordOf(words.title, code) ?? words.unknown}
      extra={<Particulars trouble={trouble} />}
      reference={[code, requestId].filter(Boolean).join(' · ')}
      actions={<WaysOn {...props} trouble={trouble} />}
    >
      {wordOf(words.text, code) ?? message}
    </Notice>
  )
}

/** What stands in brackets stays in one line. */
const unbroken = (sentence: string): string =>
  sentence.replace(/\([^()]*\)/g, (brackets) => brackets.replaceAll(' ', '\u00a0'))

const Particulars = ({ trouble }: { trouble: Trouble }) => {
  const words = troubleWords.value
  const { cap, missing = [], message, until } = trouble
  const errors = trouble.errors?.filter((error) => error.message !== message) ?? []
  const detail = operatorDetail(trouble)
  const left = until === undefined ? 0 : until - now.value
  return (
    <>
      {left > 0 && until !== undefined && (
        <p>{unbroken(words.until(timeOfDay(until), duration(left)))}</p>
      )}
      {cap && (
        <p>
          {words.cap[cap]}
          {cap !== 'run' && <> · {words.resets(timeOfDay(nextDay(now.value)))}</>}
        </p>
      )}
      {missing.length > 0 && <p>{words.missing(missing.map(slotName).join(', '))}</p>}
      {errors.length > 0 && (
        <ul class="notice-list">
          {errors.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <code>{path}</code> {message}
            </li>
          ))}
        </ul>
      )}
      {detail && (
        <details class="notice-details">
          <summary>{words.operator}</summary>
          <p>{detail}</p>
        </details>
      )}
    </>
  )
}

const slotName = (path: string): string => wordOf(briefWords.value.slot, path) ?? path

interface WaysOnProps extends ProblemNoticeProps {
  trouble: Trouble
}

const WaysOn = ({ trouble, onAgain, againLabel, busy = false, actions }: WaysOnProps) => {
  const words = troubleWords.value
  const { code, until = 0 } = trouble
  return (
    <>
      {onAgain && (
        <Button size="small" busy={busy} disabled={until > now.value} onClick={onAgain}>
          {againLabel ?? words.again}
        </Button>
      )}
      {code === 'UNAUTHORIZED' && (
        <Button size="small" onClick={askForCode}>
          {words.takeOver}
        </Button>
      )}
      {(code === 'UNAUTHORIZED' || code === 'SESSION_NOT_FOUND') && (
        <Button size="small" kind="quiet" onClick={() => void beginAnew(code === 'UNAUTHORIZED')}>
          {words.newTalk}
        </Button>
      )}
      {code === 'SESSION_NOT_FOUND' && (
        <Button
          size="small"
          kind="quiet"
          onClick={() => navigate({ place: 'library', sessionId: null })}
        >
          {words.library}
        </Button>
      )}
      {code === 'GATE_NOT_READY' && (
        <Button
          size="small"
          onClick={() => navigate({ place: 'brief', sessionId: route.peek().sessionId })}
        >
          {words.brief}
        </Button>
      )}
      {actions}
    </>
  )
}
