import { BriefScreen } from '../brief/brief-screen.tsx'
import { IconButton } from '../design/button.tsx'
import { Icon } from '../design/icons.tsx'
import { StatusRegion } from '../design/status.tsx'
import { HandoffDialog, handOver } from '../handoff/handoff-dialog.tsx'
import { JoinDialog } from '../handoff/join-dialog.tsx'
import { lost } from '../session/current-session.ts'
import { TalkScreen } from '../talk/talk-screen.tsx'
import { LinkNotice } from '../trouble/link-notice.tsx'
import { handoffWords } from '../wording/handoff.ts'
import { locale } from '../wording/language.ts'
import { shellWords } from '../wording/shell.ts'
import { lazyScreen } from './lazy-screen.tsx'
import { navigate, route } from './navigation.ts'
import { usePaneScroll } from './pane-scroll.ts'
import { type Place, places, routeAddress } from './route.ts'
import { nextTheme, theme } from './theme.ts'
import './shell.css'

/**
 * Conversation on the left and everything it leads to on the right; on a phone one of them at a time, with the
 * places at the bottom. Both stand in the page: what is hidden is hidden by its style, so that a turned
 * phone or a resized window keeps what was written and where it was scrolled.
 */
export const Shell = () => (
  <div class="shell" data-place={route.value.place}>
    <button type="button" class="skip-link" onClick={skip}>
      {shellWords.value.skip}
    </button>
    <Masthead />
    <main id="main" class="panes" tabIndex={-1}>
      <section class="pane pane-talk" aria-label={shellWords.value.place.talk}>
        <TalkScreen />
      </section>
      <Side />
    </main>
    <Places />
    <StatusRegion dismissLabel={shellWords.value.dismiss} />
    <HandoffDialog />
    <JoinDialog />
  </div>
)

const RunScreen = lazyScreen(async () => (await import('../run/run-screen.tsx')).RunScreen)
const PackageScreen = lazyScreen(
  async () => (await import('../package/package-screen.tsx')).PackageScreen,
)
const LibraryScreen = lazyScreen(
  async () => (await import('../library/library-screen.tsx')).LibraryScreen,
)

const side: Record<Exclude<Place, 'talk'>, () => preact.JSX.Element> = {
  brief: () => <BriefScreen />,
  run: () => <RunScreen />,
  package: () => <PackageScreen />,
  library: () => <LibraryScreen />,
}

/** What stands beside the conversation: the brief, while it is the conversation that one looks at. */
const sidePlace = (): Exclude<Place, 'talk'> => {
  const { place } = route.value
  return place === 'talk' ? 'brief' : place
}

const Side = () => {
  const place = sidePlace()
  return (
    <section
      class="pane pane-side"
      aria-label={shellWords.value.place[place]}
      {...usePaneScroll(route.value, place)}
    >
      <div class="pane-sheet">{side[place]()}</div>
      <div class="pane-link">
        <LinkNotice />
      </div>
    </section>
  )
}

/** Not a link: the fragment of the address is the router's. */
const skip = (): void => document.getElementById('main')?.focus()

const Masthead = () => {
  const words = shellWords.value
  const { sessionId } = route.value
  return (
    <header class="masthead">
      <h1 class="masthead-name">{words.product}</h1>
      <div class="masthead-tools">
        <span class="masthead-handoff">
          {sessionId && lost.value === null && (
            <IconButton
              icon="phone"
              label={handoffWords.value.title}
              onClick={() => void handOver(sessionId)}
            />
          )}
        </span>
        <IconButton icon="theme" label={words.theme[theme.value]} onClick={nextTheme} />
        <button
          type="button"
          class="button"
          data-kind="quiet"
          lang={locale.value === 'ko-KR' ? 'en' : 'ko'}
          onClick={() => {
            locale.value = locale.peek() === 'ko-KR' ? 'en-US' : 'ko-KR'
          }}
        >
          {words.otherLanguage}
        </button>
        <IconButton
          icon="plus"
          label={words.newTalk}
          onClick={() => navigate({ place: 'talk', sessionId: null })}
        />
      </div>
    </header>
  )
}

/** One list of places: a bar at the bottom of a phone, the heads of the right pane on a desktop. */
const Places = () => (
  <nav class="places" aria-label={shellWords.value.places}>
    {places.map((place) => {
      const to = { place, sessionId: route.value.sessionId }
      return (
        <a
          key={place}
          class="place"
          data-place={place}
          data-beside={place === sidePlace()}
          href={routeAddress(to)}
          aria-current={place === route.value.place ? 'page' : undefined}
        >
          <Icon name={place} />
          <span data-name={shellWords.value.place[place]}>{shellWords.value.place[place]}</span>
        </a>
      )
    })}
  </nav>
)
