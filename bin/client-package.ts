import { join } from 'node:path'
import { buildClientPackage } from '../lib/client-package/build.ts'

/** `npm run client-package`: the client as an npm package in `dist/client`, to be published or packed. */
await buildClientPackage(join(import.meta.dirname, '..', 'dist', 'client'))
process.stdout.write(
  'The client is in dist/client: `npm pack ./dist/client` makes one file of it.\n',
)
