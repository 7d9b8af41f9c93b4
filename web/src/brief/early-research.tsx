import { computed } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { SessionView } from '../../../shared/client/contract.ts'
import type { Session } from '../../../shared/client/index.ts'
import { Icon } from '../design/icons.tsx'
import { costOf } from '../run/cost.ts'
import { log, session } from '../session/current-session.ts'
import { briefWords } from '../wording/brief.ts'

type EarlyResearch = SessionView['early_research']

/** Milliseconds between two readings: the log tells nothing of a search that is made ahead of a run. */
const pauseMs = 2000
/** A search begins a moment after the brief has changed: it is looked for so often. */
const looks = 2

/** Changes with what a search may be about, and with what a run makes of it. */
const mark = computed(() => {
  const { mode, slots, state } = log.value
  const values = (['product.name', 'product.category', 'target.who'] as const).map(
    (path) => slots[path]?.value ?? '',
  )
  return mode === 'fast' ? JSON.stringify([...values, state]) : null
})

/** Reads it until no search is at work. */
const follow = (open: Session, take: (found: EarlyResearch) => void): (() => void) => {
  const over = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = async (left: number): Promise<void> => {
    let goesOn = left > 1
    try {
      const { early_research } = await open.view({ signal: over.signal })
      if (over.signal.aborted) return
      take(early_research)
      goesOn ||= early_research?.status === 'searching'
    } catch {
      // It is looked for again, or with the next change; until then the page says less.
    }
    if (goesOn && !over.signal.aborted) timer = setTimeout(() => void look(left - 1), pauseMs)
  }
  void look(looks)
  return () => {
    clearTimeout(timer)
    over.abort()
  }
}

/** In fast mode: whether research has begun while one talks, and what that has cost. */
export const EarlyResearchLine = () => {
  const words = briefWords.value
  const [found, take] = useState<EarlyResearch>(null)
  const open = session.value
  const about = mark.value
  useEffect(() => {
    take(null)
  }, [open])
  useEffect(() => (open && about !== null ? follow(open, take) : undefined), [open, about])
  if (!found) return null
  return (
    <p class="brief-early" data-status={found.status}>
      <Icon name="search" />
      <span>
        {words.early[found.status]} {words.earlyCost(costOf(found.usage))}
      </span>
    </p>
  )
}
