import { Button } from '../design/button.tsx'
import { Chip } from '../design/card.tsx'
import { Icon } from '../design/icons.tsx'
import { packageWords } from '../wording/package.ts'
import { type PositioningUse, positioningUse } from './assemble.ts'
import { isDone, parts, view } from './open-package.ts'
import { openTask } from './open-task.ts'
import { Section } from './section.tsx'
import { VerdictNote } from './verdict.tsx'

export const Positionings = () => {
  const { standing } = parts.value.strategy
  const uses = positioningUse(parts.value, view.value?.revision?.positioning_id ?? null)
  return (
    <Section name="positionings" standing={standing} rewrite="strategy">
      <ul class="positionings">
        {uses.map((use) => (
          <Option key={use.positioning.id} use={use} />
        ))}
      </ul>
      <Assessment />
    </Section>
  )
}

const Option = ({ use }: { use: PositioningUse }) => {
  const words = packageWords.value
  const { positioning, copies, chosen } = use
  return (
    <li class="positioning" data-chosen={chosen}>
      <p class="positioning-state">
        {chosen ? (
          <Chip tone="accent">
            <Icon name="check" />
            {words.chosen}
          </Chip>
        ) : (
          copies > 0 && <Chip>{words.copiesOf(copies)}</Chip>
        )}
      </p>
      <h3>{positioning.title}</h3>
      <p class="positioning-message">{positioning.message}</p>
      <VerdictNote where={`positioning_options.${positioning.id}`} />
      {isDone.value && !chosen && (
        <Button
          size="small"
          aria-label={`${positioning.title}: ${words.takePositioning}`}
          onClick={() => openTask({ kind: 'revise', from: 'creative', positioning })}
        >
          {words.takePositioning}
        </Button>
      )}
    </li>
  )
}

const Assessment = () => {
  const words = packageWords.value
  const assessment = parts.value.strategy.content.market_assessment
  if (!assessment) return null
  const lists = [
    { title: words.strengths, lines: assessment.strengths },
    { title: words.weaknesses, lines: assessment.risks },
    { title: words.uncertainties, lines: assessment.uncertainties },
  ]
  return <Columns lists={lists} />
}

export interface ColumnsProps {
  lists: readonly { title: string; lines: readonly string[] }[]
}

/** Short lists side by side, one below another where there is no room. */
export const Columns = ({ lists }: ColumnsProps) => (
  <div class="columns">
    {lists
      .filter(({ lines }) => lines.length > 0)
      .map(({ title, lines }) => (
        <div key={title}>
          <h3>{title}</h3>
          <ul class="lines">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      ))}
  </div>
)
