import { writeFileSync } from 'node:fs'
import { buildDocuments } from './documents.ts'

// Generates the documents from the contracts and the recorded examples: `npm run docs`.
for (const [name, text] of Object.entries(buildDocuments())) {
  writeFileSync(new URL(name, import.meta.url), text)
}
