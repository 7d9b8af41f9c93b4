import { useSignal } from '@preact/signals'
import type { ProblemBody, SessionSummary } from '../../../shared/client/contract.ts'
import { type ClientCode, StudioProblem } from '../../../shared/client/index.ts'
import { Button } from '../design/button.tsx'
import { HandoffSheet } from '../handoff/handoff-dialog.tsx'
import { DeleteDialog } from '../library/delete-dialog.tsx'
import { SessionRow } from '../library/session-row.tsx'
import '../library/library.css'
import { AuthorLine } from '../trouble/author-line.tsx'
import { LinkState } from '../trouble/link-notice.tsx'
import { ProblemNotice } from '../trouble/problem-notice.tsx'
import { locale } from '../wording/language.ts'
import { libraryWords } from '../wording/library.ts'
import { sampleWords } from '../wording/samples.ts'
import { Exhibit } from './exhibit.tsx'

type SampleCode = keyof typeof sampleWords.value.message

/** What some codes say beside their sentence. */
const particulars = (code: SampleCode): Partial<ProblemBody> & { retryAfterMs?: number } => {
  const words = sampleWords.value
  if (code === 'GATE_NOT_READY') return { missing_required: ['target.why', 'channel.channels'] }
  if (code === 'BUDGET_EXCEEDED') return { cap: 'principal_day' }
  if (code === 'RATE_LIMITED') return { retryAfterMs: 45_000 }
  if (code === 'CAPABILITY_NOT_CONFIGURED') return { detail: words.detail }
  if (code === 'INVALID_INPUT') return { errors: [{ path: 'slots.name', message: words.field }] }
  return {}
}

const sampleProblem = (code: SampleCode): StudioProblem => {
  const { retryAfterMs, detail, errors, ...body } = particulars(code)
  const error = { code: code as ClientCode, message: sampleWords.value.message[code] }
  return new StudioProblem({
    ...{ ...error, status: 500, retryable: true, retryAfterMs, detail, errors },
    requestId: code === 'UNREACHABLE' ? undefined : 'req_0000000000',
    body: body as ProblemBody,
  })
}

/** Everything that can go wrong, as it is told. */
export const Troubles = () => (
  <>
    <Links />
    <Problems key={locale.value} />
    <People />
  </>
)

const Links = () => (
  <Exhibit title={sampleWords.value.link}>
    {(['offline', 'reconnecting', 'unauthorized'] as const).map((state) => (
      <LinkState key={state} status={{ state, transport: null, problem: null }} />
    ))}
    <AuthorLine provenance={undefined} isOver={false} />
    <AuthorLine provenance={{ research: origin('openai', 'sample-model') }} isOver />
    <AuthorLine provenance={{ research: origin('rehearsal', 'sample-model') }} isOver />
  </Exhibit>
)

const origin = (provider: string, model: string) => ({
  ...{ provider, model, response_id: null, prompt_version: 'v1' },
  usage: { input_tokens: 0, output_tokens: 0, total_tokens: 0, calls: 1, calls_without_usage: 0 },
  created_at: '2026-01-01T00:00:00.000Z',
})

const Problems = () => {
  // Made once: waiting times count from when a problem came up.
  const problems = useSignal(
    (Object.keys(sampleWords.peek().message) as SampleCode[]).map(sampleProblem),
  )
  return (
    <Exhibit title={sampleWords.value.troubles}>
      {problems.value.map((problem) => (
        <ProblemNotice
          key={problem.code}
          problem={problem}
          onAgain={
            ['UNREACHABLE', 'RATE_LIMITED', 'UPSTREAM_ERROR'].includes(problem.code)
              ? () => {}
              : undefined
          }
        />
      ))}
    </Exhibit>
  )
}

const sampleSession = (change: Partial<SessionSummary>): SessionSummary => ({
  ...{ session_id: 'sess_00000000000000000000000000', locale: 'ko-KR', mode: 'standard', turn: 3 },
  ...{ state: 'DONE', run_id: 'run_00000000000000000000000000', from_run_id: null },
  gate: { ready: true, missing_required: [], completeness: 1, confidence: 1 },
  ...{ product_name: sampleWords.value.product, product_category: sampleWords.value.category },
  ...{ created_at: '2026-01-01T09:00:00.000Z', updated_at: '2026-01-01T09:30:00.000Z' },
  ...change,
})

const People = () => {
  const asked = useSignal<SessionSummary | null>(null)
  const row = (change: Partial<SessionSummary>, isOpen = false) => (
    <SessionRow
      session={sampleSession(change)}
      isOpen={isOpen}
      onReuse={async () => {}}
      onDelete={() => {
        asked.value = sampleSession(change)
      }}
    />
  )
  const sheet = { sessionId: '', problem: null }
  return (
    <Exhibit title={sampleWords.value.people}>
      <div class="exhibit-wide">
        <HandoffSheet state={{ ...sheet, code: null }} onAgain={() => {}} />
      </div>
      <div class="exhibit-wide">
        <HandoffSheet
          state={{ ...sheet, code: { code: '', expires_at: '2000-01-01T00:00:00.000Z' } }}
          onAgain={() => {}}
        />
      </div>
      <ul class="sessions">
        {row({}, true)}
        {row({ state: 'FAILED' })}
        {row({ state: 'CHAT_COLLECTING', run_id: null, product_name: null })}
      </ul>
      <Button
        onClick={() => {
          asked.value = sampleSession({})
        }}
      >
        {libraryWords.value.delete}
      </Button>
      <DeleteDialog
        session={asked.value}
        onClose={() => {
          asked.value = null
        }}
      />
    </Exhibit>
  )
}
