import './design/page.ts'
import { render } from 'preact'
import { Shell } from './app/shell.tsx'

const app = document.getElementById('app')
if (app) render(<Shell />, app)
