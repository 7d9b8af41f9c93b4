import { text } from 'node:stream/consumers'
import { assetDirectories, parseTemplate, startEngine } from '../../../local/engine.ts'

// Reads its configuration from standard input, prints its origin and its storage, and ends on SIGINT.
const { outdir, template, dataDirectory, port, environment, replaced, preload } = JSON.parse(
  await text(process.stdin),
)
const folders = assetDirectories(outdir)
const engine = await startEngine({
  template: parseTemplate(template),
  codeDirectory: (asset) => replaced?.[asset] ?? folders(asset),
  dataDirectory,
  ...(port === undefined ? {} : { port }),
  ...(preload === undefined ? {} : { preload }),
  environment,
})
process.once('SIGINT', async () => {
  await engine.close()
  process.exit(0)
})
const storage = { endpoint: engine.endpoints.s3, credentials: engine.credentials }
process.stdout.write(`${engine.origin} ${JSON.stringify(storage)}\n`)
