import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { Button } from '../design/button.tsx'
import { Notice, Skeleton } from '../design/surfaces.tsx'
import { shellWords } from '../wording/shell.ts'
import { troubleWords } from '../wording/trouble.ts'

/** Milliseconds after the start of the page from which on the rest of it is fetched ahead. */
const aheadMs = 1500

/** A screen whose code comes when it is opened, or before that, once the page has come to rest. */
export const lazyScreen = (load: () => Promise<ComponentType>) => {
  const state = signal<{ Screen: ComponentType | null; failed: boolean }>({
    Screen: null,
    failed: false,
  })
  let isLoading = false
  const fetchCode = (): void => {
    if (isLoading || state.peek().Screen) return
    isLoading = true
    load()
      .then(
        (Screen) => {
          state.value = { Screen, failed: false }
        },
        () => {
          state.value = { Screen: null, failed: true }
        },
      )
      .finally(() => {
        isLoading = false
      })
  }
  setTimeout(fetchCode, aheadMs)
  return () => {
    useEffect(fetchCode, [])
    const { Screen, failed } = state.value
    if (Screen) return <Screen />
    return failed ? <NotLoaded onAgain={fetchCode} /> : <Loading />
  }
}

const Loading = () => <Skeleton lines={6} label={shellWords.value.loading} />

/** The network is gone, or another version of the console has taken the place of this one. */
const NotLoaded = ({ onAgain }: { onAgain: () => void }) => (
  <Notice
    tone="bad"
    title={troubleWords.value.title.UNREACHABLE}
    actions={
      <>
        <Button size="small" onClick={onAgain}>
          {troubleWords.value.again}
        </Button>
        <Button size="small" kind="quiet" onClick={() => location.reload()}>
          {shellWords.value.reload}
        </Button>
      </>
    }
  >
    {troubleWords.value.text.UNREACHABLE}
  </Notice>
)
