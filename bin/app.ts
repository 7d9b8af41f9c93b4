import { composeApp } from '../lib/synthesize.ts'

composeApp().app.synth()
