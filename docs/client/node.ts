import { createStudio } from 'launch-studio-client'
import { fileCursors } from 'launch-studio-client/node'
import { emptySession, reduce } from 'launch-studio-client/reduce'

// From nothing to a package: node docs/client/node.ts https://studio.example
const [origin = 'http://localhost:3000'] = process.argv.slice(2)

const studio = createStudio({ origin, cursors: fileCursors('.launch-studio/positions') })
const session = await studio.createSession({ locale: 'ko-KR' })

const answer = await session.send('핸드크림을 팔아요. 브리프를 채워 주세요.')
process.stdout.write(`${answer.assistant_message.text}\n`)

if (answer.gate.ready) {
  const { run_id } = await session.generate()
  let state = emptySession
  // Sockets break, proxies cut streams, tokens run out: the loop sees each event once and in order.
  for await (const event of session.events({ until: 'run.completed' })) {
    state = reduce(state, event)
    process.stdout.write(`${event.seq} ${event.type} ${state.state}\n`)
  }
  const { creative_assets } = await studio.run(run_id).view()
  process.stdout.write(`${creative_assets?.ad_copies.length ?? 0} ad copies\n`)
}
