import type { BriefSlots, SlotPath } from '../../../shared/client/contract.ts'
import { Card, Chip } from '../design/card.tsx'
import { Meter } from '../design/progress.tsx'
import { log } from '../session/current-session.ts'
import { briefWords } from '../wording/brief.ts'
import './brief.css'

/** Every slot of the brief, in the order in which a reader looks for them. */
const groups = {
  product: [
    'product.name',
    'product.category',
    'product.features',
    'product.price_band',
    'product.image_context',
  ],
  target: ['target.who', 'target.why'],
  channel: ['channel.channels'],
  goal: ['goal.weekly_goal', 'goal.video_seconds'],
} as const satisfies Record<string, readonly SlotPath[]>

export type BriefGroup = keyof typeof groups
const groupNames = Object.keys(groups) as BriefGroup[]

export const BriefScreen = () => (
  <div class="brief">
    <Gate />
    {groupNames.map((group) => (
      <Card key={group} title={briefWords.value.group[group]}>
        <dl class="slots">
          {groups[group].map((path) => (
            <Slot key={path} path={path} />
          ))}
        </dl>
      </Card>
    ))}
  </div>
)

/** What is there, and what is still missing before a run. */
const Gate = () => {
  const words = briefWords.value
  const { gate } = log.value
  return (
    <Card
      title={words.title}
      aside={
        <Chip tone={gate.ready ? 'good' : 'plain'}>
          {gate.ready ? words.ready : words.collecting}
        </Chip>
      }
    >
      <Meter label={words.completeness} value={gate.completeness} />
      <Meter label={words.confidence} value={gate.confidence} low={0.6} />
      <p class="brief-missing">
        {gate.missing_required.length > 0
          ? words.missing(gate.missing_required.map((path) => words.slot[path]).join(', '))
          : words.nothingMissing}
      </p>
    </Card>
  )
}

const Slot = ({ path }: { path: Exclude<SlotPath, 'product.image_url'> }) => {
  const words = briefWords.value
  const slot = log.value.slots[path]
  return (
    <div class="slot" data-filled={slot !== undefined}>
      <dt>{words.slot[path]}</dt>
      <dd class="slot-value">
        {slot ? <SlotValue value={slot.value} /> : <span class="slot-empty">{words.empty}</span>}
      </dd>
      {slot && (
        <dd class="slot-about">
          <Chip tone={slot.source === 'suggested' ? 'accent' : 'plain'}>
            {words.source[slot.source]}
          </Chip>
          {words.sure(Math.round(slot.confidence * 100))}
        </dd>
      )}
    </div>
  )
}

type Value = NonNullable<BriefSlots[SlotPath]>['value']

const SlotValue = ({ value }: { value: Value }) => {
  const words = briefWords.value
  if (Array.isArray(value)) {
    return (
      <ul class="slot-list">
        {value.map((entry) => (
          <li key={entry}>{entry}</li>
        ))}
      </ul>
    )
  }
  if (typeof value === 'number') return <p>{words.seconds(value)}</p>
  const goal = value in words.goal ? words.goal[value as keyof typeof words.goal] : undefined
  return <p>{goal ?? value}</p>
}
