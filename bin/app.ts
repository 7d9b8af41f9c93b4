import { composeApp } from '../lib/synthesize.ts'

const { app } = await composeApp({ advises: true })
app.synth()
