import { useId } from 'preact/hooks'
import { briefWords } from '../wording/brief.ts'
import { Gate } from './gate.tsx'
import { PictureSlot } from './picture-slot.tsx'
import { SlotRow } from './slot-row.tsx'
import { type SlotGroup, slotGroupNames, slotGroups } from './slots.ts'
import './brief.css'

/** The brief as it fills while one talks; every part of it can be written by hand, too. */
export const BriefScreen = () => (
  <div class="brief">
    <Gate />
    {slotGroupNames.map((group) => (
      <Group key={group} group={group} />
    ))}
  </div>
)

const Group = ({ group }: { group: SlotGroup }) => {
  const id = useId()
  return (
    <section class="slot-group" aria-labelledby={id}>
      <h3 id={id}>{briefWords.value.group[group]}</h3>
      <dl class="slots">
        {group === 'product' && <PictureSlot />}
        {slotGroups[group].map((shape) => (
          <SlotRow key={shape.path} shape={shape} />
        ))}
      </dl>
    </section>
  )
}
