import { expect } from 'vitest'
import type { SlotUpdate } from '../../../shared/contracts/brief.ts'
import { subjectPaths } from '../../../shared/rules/early-research.ts'
import { answers } from '../model-server/answers.ts'
import type { Asker, ModelCallSeen } from '../model-server/model-server.ts'
import {
  sampleCreative,
  sampleFindings,
  sampleResearch,
  sampleStrategy,
  sampleVoice,
} from '../model-server/samples.ts'
import { type Client, waitForEvent } from './client.ts'
import type { SharedStudio } from './shared-studio.ts'
import { completeUpdates, plannerAnswer } from './studio.ts'

interface Talk {
  client: Client
  sessionId: string
}

const isSubject = ({ path }: SlotUpdate): boolean =>
  (subjectPaths as readonly string[]).includes(path)
/** What a search is about, and what else a brief holds. */
export const subject = completeUpdates.filter(isSubject)
export const others = completeUpdates.filter((update) => !isSubject(update))

const { text, citations, sources } = sampleFindings
export const found = () => answers.search(text, { citations, sources })
export const shaped = () => answers.json(sampleResearch)

/** Research that begins with what is said to a studio, and the run that takes it. */
export const earlyResearchOn = (on: SharedStudio) => {
  const callsOf = (of: Asker): ModelCallSeen[] => on.model.calls.filter(({ asker }) => asker === of)
  return {
    callsOf,
    async say({ client, sessionId }: Talk, updates: SlotUpdate[]): Promise<void> {
      on.model.script('planner', plannerAnswer(updates))
      const path = `/api/chat/session/${sessionId}/message`
      expect((await client.post(path, { message: '알려 드릴게요' })).status).toBe(200)
    },
    early: async ({ client, sessionId }: Talk) =>
      (await client.get(`/api/chat/session/${sessionId}`)).body.early_research,
    /** What follows the research of a run. */
    scriptRest(): void {
      on.model.script('strategy', answers.json(sampleStrategy))
      on.model.script('creative', answers.json(sampleCreative))
      on.model.script('voice', answers.json(sampleVoice))
    },
    async generate(
      { client, sessionId }: Talk,
      after = 0,
    ): Promise<{ runId: string; seq: number }> {
      const { status, body } = await client.post(`/api/runs/${sessionId}/generate`)
      expect(status).toBe(202)
      const isEnd = ({ type }: { type: string }) => type === 'run.completed' || type === 'error'
      const { type, seq } = await waitForEvent(client, sessionId, isEnd, after)
      expect(type).toBe('run.completed')
      return { runId: String(body.run_id), seq }
    },
    /** Whether a run’s worker has its research. */
    async researching({ sessionId }: Talk): Promise<boolean> {
      const items = await on.items()
      const run = items.find((item) => item.SK?.S === 'RUN' && item.session_id?.S === sessionId)
      return items.some(
        ({ PK, SK, status }) =>
          PK?.S === run?.PK?.S && SK?.S === 'STAGE#research' && status?.S === 'working',
      )
    },
  }
}
