import * as z from 'zod'
import { EarlyResearchTask, StageTask } from '../../shared/contracts/pipeline.ts'
import { queueHandler } from '../../shared/platform/queue-handler.ts'
import { factsOfEarlyResearch, factsOfTask } from '../../shared/services/runs/stage-facts.ts'
import { earlyResearchService } from '../early-research-composition.ts'
import { stages as stageClients, stageService } from '../stage-composition.ts'

const clients = stageClients()
const stages = stageService(clients)
const earlyResearch = earlyResearchService(clients)

/**
 * The stage queue delivers, at least once: a second delivery finds the committed output, or a live
 * worker, and does nothing more than return the token, or leave it to that worker. The queue of early searches
 * delivers sessions: a second one finds its search made, or at work.
 */
export const handler = queueHandler(
  z.union([StageTask, EarlyResearchTask]),
  (task) => ('stage' in task ? factsOfTask(task) : factsOfEarlyResearch(task)),
  (task, { until }) =>
    'stage' in task ? stages.run(task, until) : earlyResearch.search(task.session_id),
)
