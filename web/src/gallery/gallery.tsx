import { nextTheme, theme } from '../app/theme.ts'
import { Button, IconButton } from '../design/button.tsx'
import { StatusRegion } from '../design/status.tsx'
import { galleryWords } from '../wording/gallery.ts'
import { locale } from '../wording/language.ts'
import { shellWords } from '../wording/shell.ts'
import { Controls } from './controls.tsx'
import { Foundations } from './foundations.tsx'
import { Gauges } from './gauges.tsx'
import { RunStates } from './run-states.tsx'
import { Surfaces } from './surfaces.tsx'
import { Troubles } from './troubles.tsx'
import './gallery.css'

/** Every component in every state, with the same code and styles as in the screens. */
export const Gallery = () => {
  const words = galleryWords.value
  return (
    <main class="gallery">
      <header class="gallery-head">
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
        <div class="actions">
          <IconButton
            icon="theme"
            label={shellWords.value.theme[theme.value]}
            onClick={nextTheme}
          />
          <Button
            kind="quiet"
            onClick={() => {
              locale.value = locale.peek() === 'ko-KR' ? 'en-US' : 'ko-KR'
            }}
          >
            {shellWords.value.otherLanguage}
          </Button>
        </div>
      </header>
      <Foundations />
      <Controls />
      <Gauges />
      <Surfaces />
      <Troubles />
      <RunStates />
      <StatusRegion dismissLabel={shellWords.value.dismiss} />
    </main>
  )
}
