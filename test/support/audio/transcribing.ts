import { expect, inject } from 'vitest'
import { type AwsStandIn, startAwsStandIn } from '../aws/aws-stand-in.ts'
import { putEvent } from '../simulation/put-event.ts'
import { type Client, readLog, startSession, waitForEvent } from '../studio/client.ts'
import { plannerAnswer, type Studio, startStudioOn } from '../studio/studio.ts'

/** What is said in all tests of Amazon Transcribe. */
export const saidOnce = '동백 핸드크림을 팔아요.'

/** Lets a test ring the minute's schedule: the same function, by an event of its own. */
const withBell = (template: unknown) => {
  const { Resources, ...rest } = template as { Resources: Record<string, unknown> }
  const Bell = {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['test.schedule'] },
      State: 'ENABLED',
      Targets: [{ Id: 'Finisher', Arn: { 'Fn::GetAtt': ['TranscriptionFinished', 'Arn'] } }],
    },
  }
  return { ...rest, Resources: { ...Resources, Bell } }
}

/** A studio whose speech goes to a stand-in for Amazon Transcribe. */
export interface Transcribing {
  studio: Studio
  aws: AwsStandIn
  /** A new session whose next turn the planner answers. */
  begin(): ReturnType<typeof startSession>
  /** What the schedule does every minute. */
  ringTheBell(): Promise<void>
  /** Forgets what was scripted, after everything that was begun has ended. */
  settle(): Promise<void>
  stop(): Promise<void>
}

export const startTranscribing = async (
  environment: Record<string, string> = {},
): Promise<Transcribing> => {
  const aws = await startAwsStandIn()
  const { template, outdir } = inject('synthesis')
  const studio = await startStudioOn(
    { template: withBell(template), outdir },
    { ...aws.environment, STT_PROVIDER: 'transcribe', ...environment },
  )
  aws.attach(studio.engine.endpoints)
  return {
    studio,
    aws,
    begin() {
      studio.model.script('planner', plannerAnswer([]))
      return startSession(studio.origin)
    },
    async ringTheBell() {
      const event = { source: 'test.schedule', detailType: 'Test', detail: {} }
      await putEvent(studio.engine.endpoints.eventbridge, event)
    },
    async settle() {
      await aws.transcribe.settled()
      aws.transcribe.reset()
      studio.model.reset()
    },
    async stop() {
      await studio.stop()
      await aws.stop()
    },
  }
}

/** The turn was taken once: one transcript, one message, one call of the planner, one end. */
export const expectOneTurn = async (
  { studio }: Transcribing,
  client: Client,
  sessionId: string,
): Promise<void> => {
  const log = await readLog(client, sessionId)
  const of = (type: string) => log.filter((event) => event.type === type)
  expect(of('voice.delta')).toMatchObject([{ data: { transcript: saidOnce, turn: 1 } }])
  expect(of('turn.started')).toMatchObject([{ data: { message: saidOnce, input: 'voice' } }])
  expect(of('turn.completed')).toHaveLength(1)
  expect(of('error')).toEqual([])
  expect(studio.model.calls.filter(({ asker }) => asker === 'planner')).toHaveLength(1)
  const { body } = await client.get(`/api/chat/session/${sessionId}/messages`)
  expect(body.messages).toMatchObject([
    { turn: 0 },
    { turn: 1, role: 'user', text: saidOnce, input: 'voice' },
    { turn: 1, role: 'assistant', author: 'planner' },
  ])
}

/** The event that ends the session's turn. */
export const endOfTurn = (client: Client, sessionId: string) =>
  waitForEvent(client, sessionId, ({ type }) => type === 'turn.completed' || type === 'error')
