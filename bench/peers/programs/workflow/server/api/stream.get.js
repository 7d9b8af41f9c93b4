import { getRun } from 'workflow/api'

/** The run's stream from its beginning, as a reader that comes back gets it. */
export default ({ req }) => {
  const id = new URL(req.url).searchParams.get('run') ?? ''
  return new Response(getRun(id).getReadable({ startIndex: 0 }))
}
