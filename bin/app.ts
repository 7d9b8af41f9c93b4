import { composeApp } from '../lib/synthesize.ts'

const { app } = await composeApp()
app.synth()
