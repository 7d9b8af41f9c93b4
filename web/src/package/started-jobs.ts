import { effect, signal } from '@preact/signals'
import { toast } from '../design/status.tsx'
import { log } from '../session/current-session.ts'
import { assetWords } from '../wording/assets.ts'
import { packageWords } from '../wording/package.ts'

/** Jobs that were started from this page: their end is told, once, wherever one is in the package by then. */
const started = signal<readonly string[]>([])

export const tellEndOf = (jobId: string): void => {
  started.value = [...started.peek(), jobId]
}

const tell = (type: string, isDone: boolean): void => {
  const [assets, words] = [assetWords.peek(), packageWords.peek()]
  const text =
    type === 'export'
      ? { done: words.exportReady, failed: words.exportFailed }
      : { done: assets.finished, failed: assets.someFailed }
  toast(isDone ? text.done : text.failed, isDone ? 'good' : 'bad')
}

effect(() => {
  const { jobs } = log.value
  for (const id of started.value) {
    const job = jobs[id]
    if (!job || job.status === 'queued' || job.status === 'running') continue
    started.value = started.peek().filter((each) => each !== id)
    if (job.status !== 'cancelled') tell(job.type, job.status === 'completed')
  }
})
