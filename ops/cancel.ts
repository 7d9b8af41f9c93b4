import type { Command } from './command.ts'
import { Failure, WrongUsage } from './failure.ts'
import { onlyOne } from './named.ts'
import { type Repositories, repositories } from './repositories.ts'

interface Cancelled {
  id: string
  run_id: string
  session_id: string
  status: string
  /** What it was before. */
  was: string
}

const cancelRun = async ({ runs }: Repositories, runId: string): Promise<Cancelled> => {
  const run = await runs.find(runId)
  if (!run) throw new Failure(`There is no run ${runId}.`)
  const { runService } = await import('../functions/run-composition.ts')
  const { state, session_id } = await runService().cancel(runId, run.owner)
  return { id: runId, run_id: runId, session_id, status: state, was: run.state }
}

const cancelJob = async (all: Repositories, jobId: string): Promise<Cancelled> => {
  const job = await all.jobs.get(jobId)
  if (!job) throw new Failure(`There is no job ${jobId}.`)
  // The job of a run is a view of it.
  if (job.type === 'generate') return { ...(await cancelRun(all, job.run_id)), id: jobId }
  const { assetService } = await import('../functions/asset-composition.ts')
  const { run_id, session_id, status } = await assetService({}).cancel(jobId, job.owner)
  return { id: jobId, run_id, session_id, status, was: job.state?.status ?? 'queued' }
}

const describe = ({ id, status, was, session_id }: Cancelled): string =>
  status === was
    ? `${id} had ended before: it is ${status}.`
    : `${id} was ${was} and is ${status}. What was finished stays; the log of ${session_id} tells of it.`

export const cancel: Command = {
  summary: 'Stops a run, or a job of assets or an export, as its owner could.',
  takes: 'RUN|JOB',
  options: {},
  help: `A run stops at once; its session goes back to its brief, and what was finished stays. A job stops what no other
job waits for. Something that has ended is left as it is.

  npm run ops -- cancel run_01kb2…
  npm run ops -- cancel job_01kb2…`,
  async run({ positionals, answer }) {
    const id = onlyOne(positionals, 'a run or a job')
    const all = repositories()
    if (id.startsWith('run_')) {
      const cancelled = await cancelRun(all, id)
      answer(cancelled, describe(cancelled))
    } else if (id.startsWith('job_')) {
      const cancelled = await cancelJob(all, id)
      answer(cancelled, describe(cancelled))
    } else throw new WrongUsage(`${id} is no id of a run (run_…) or a job (job_…).`)
    return 0
  },
}
