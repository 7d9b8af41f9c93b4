/**
 * The rehearsal's model as a process of its own: `node main.ts [natural|fast]`. Prints one line of
 * JSON, `{"url": "http://127.0.0.1:…/v1"}`, and ends on SIGTERM or when its stdin closes, so that it
 * never outlives its parent.
 */
import * as z from 'zod'
import { paces, startRehearsalModel } from './model.ts'

const pace = z.enum(paces).default('natural').parse(process.argv[2])
const model = await startRehearsalModel(pace)

const stop = async (): Promise<void> => {
  await model.stop()
  process.exit(0)
}
process.on('SIGTERM', stop)
// The terminal sends Ctrl-C to the whole group; the parent ends this process when it is done.
process.on('SIGINT', () => {})
process.stdin.on('end', stop).on('error', stop).resume()

console.log(JSON.stringify({ url: model.url }))
