import { start } from 'workflow/api'
import { turn } from '../workflows/studio.js'

export default async () => {
  const { runId, readable } = await start(turn, [])
  return new Response(readable, { headers: { 'x-run-id': runId } })
}
