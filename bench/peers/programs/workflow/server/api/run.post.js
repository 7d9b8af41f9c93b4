import { start } from 'workflow/api'
import { run } from '../workflows/studio.js'

export default async () => {
  const { runId, readable } = await start(run, [])
  return new Response(readable, { headers: { 'x-run-id': runId } })
}
