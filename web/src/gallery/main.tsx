// Before any component's styles: the first style sheet orders the layers of all. Not in a module of its own,
// which would be dropped, since package.json promises that modules have no effect by themselves.
import '../design/tokens.css'
import '../design/base.css'
import { render } from 'preact'
import { Gallery } from './gallery.tsx'

const app = document.getElementById('app')
if (app) render(<Gallery />, app)
