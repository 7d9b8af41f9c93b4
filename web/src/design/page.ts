// Before any component's styles: the first style sheet orders the layers of all.
import './tokens.css'
import './base.css'
