import '../design/page.ts'
import { render } from 'preact'
import { Gallery } from './gallery.tsx'

const app = document.getElementById('app')
if (app) render(<Gallery />, app)
