import { type Signal, useSignal } from '@preact/signals'
import { placements as allPlacements } from '../../../shared/rules/placements/placements.ts'
import { Button } from '../design/button.tsx'
import { assetWords } from '../wording/assets.ts'
import { packageWords } from '../wording/package.ts'
import { Choice, Choices } from './choice.tsx'
import { EstimateView, useEstimate } from './estimate.tsx'
import { madeBy } from './estimate-rows.ts'
import type { Placement } from './gallery-order.ts'
import { kinds, requestOf, toggled, type Wish } from './make-request.ts'
import { doing, make } from './making.ts'
import { closeTask } from './open-task.ts'

const placementIds = Object.keys(allPlacements) as Placement[]

/** What shall be made, and what that will cost, before anything is bought. */
export const MakeTask = () => {
  const words = assetWords.value
  const wish = useSignal<Wish>({ kinds, placements: null, captions: true })
  const request = requestOf(wish.value)
  const { estimate, problem } = useEstimate(request)
  const count = estimate ? madeBy(estimate) : 0
  return (
    <>
      <Kinds wish={wish} />
      {wish.value.kinds.some((kind) => kind === 'poster' || kind === 'video') && (
        <Where wish={wish} />
      )}
      {wish.value.kinds.includes('video') && (
        <Choice
          type="checkbox"
          checked={wish.value.captions}
          onChange={() => {
            wish.value = { ...wish.peek(), captions: !wish.peek().captions }
          }}
        >
          {words.captionsIn}
        </Choice>
      )}
      {request ? (
        <EstimateView estimate={estimate} problem={problem} />
      ) : (
        <p class="section-note">{words.chooseKind}</p>
      )}
      <div class="task-actions">
        <Button onClick={closeTask}>{packageWords.value.cancel}</Button>
        <Button
          kind="primary"
          busy={doing.value}
          disabled={!request || count === 0}
          onClick={() => request && void make(request, count)}
        >
          {estimate && count === 0 ? words.nothingToMake : words.startMaking(count)}
        </Button>
      </div>
    </>
  )
}

const Kinds = ({ wish }: { wish: Signal<Wish> }) => {
  const words = assetWords.value
  return (
    <Choices legend={words.kinds}>
      {kinds.map((kind) => (
        <Choice
          key={kind}
          type="checkbox"
          checked={wish.value.kinds.includes(kind)}
          about={words.kindAbout[kind]}
          onChange={() => {
            wish.value = { ...wish.peek(), kinds: toggled(wish.peek().kinds, kind) }
          }}
        >
          {words.type[kind]}
        </Choice>
      ))}
    </Choices>
  )
}

const Where = ({ wish }: { wish: Signal<Wish> }) => {
  const words = assetWords.value
  const chosen = wish.value.placements
  const choose = (placements: Wish['placements']): void => {
    wish.value = { ...wish.peek(), placements }
  }
  return (
    <Choices legend={words.where}>
      <Choice type="radio" name="where" checked={chosen === null} onChange={() => choose(null)}>
        {words.byChannels}
      </Choice>
      <Choice type="radio" name="where" checked={chosen !== null} onChange={() => choose([])}>
        {words.choose}
      </Choice>
      {chosen !== null && (
        <div class="placement-choices">
          {placementIds.map((id) => (
            <Choice
              key={id}
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={() => choose(toggled(chosen, id))}
            >
              {words.placement[id]}
            </Choice>
          ))}
        </div>
      )}
    </Choices>
  )
}
