import { startSample } from './sample-engine.ts'

/** Runs the sample in a process of its own, to be killed. Argument: the workspace. */
const engine = await startSample(process.argv[2] ?? '')
console.log(JSON.stringify(engine))
