import type { ComponentChildren } from 'preact'
import { Chip, type Tone } from '../design/card.tsx'
import { Icon } from '../design/icons.tsx'
import { packageWords } from '../wording/package.ts'
import { sourcesOf } from './assemble.ts'
import { parts, view } from './open-package.ts'
import { Section } from './section.tsx'
import { Sources } from './sources.tsx'

const impactTone: Record<'high' | 'medium' | 'low', Tone> = {
  high: 'accent',
  medium: 'plain',
  low: 'plain',
}

export const Signals = () => {
  const words = packageWords.value
  const { standing, content } = parts.value.research
  const { evidence } = content
  const dropped = view.value?.dropped_evidence ?? 0
  return (
    <Section name="signals" standing={standing}>
      <Findings title={words.marketSignals} count={content.market_signals.length}>
        {content.market_signals.map(({ signal, impact, evidence_ids }) => (
          <li key={signal} class="finding" data-impact={impact}>
            <p class="finding-text">{signal}</p>
            <div class="finding-about">
              <Chip tone={impactTone[impact]}>{words.impact[impact]}</Chip>
              <Sources sources={sourcesOf(evidence, evidence_ids)} />
            </div>
          </li>
        ))}
      </Findings>
      <Findings title={words.competitors} count={content.competitor_notes.length}>
        {content.competitor_notes.map(({ brand, positioning, price_band, evidence_ids }) => (
          <li key={brand} class="finding">
            <p class="finding-name">
              <b>{brand}</b> <span>{price_band}</span>
            </p>
            <p class="finding-text">{positioning}</p>
            <div class="finding-about">
              <Sources sources={sourcesOf(evidence, evidence_ids)} />
            </div>
          </li>
        ))}
      </Findings>
      <Findings title={words.channels} count={content.channel_observations.length}>
        {content.channel_observations.map(({ channel, observation, evidence_ids }) => (
          <li key={observation} class="finding">
            <p class="finding-name">
              <b>{channel}</b>
            </p>
            <p class="finding-text">{observation}</p>
            <div class="finding-about">
              <Sources sources={sourcesOf(evidence, evidence_ids)} />
            </div>
          </li>
        ))}
      </Findings>
      <Findings title={words.risks} count={content.risk_flags.length}>
        {content.risk_flags.map((flag) => (
          <li key={flag} class="risk">
            <Icon name="warning" />
            <p>{flag}</p>
          </li>
        ))}
      </Findings>
      {dropped > 0 && <p class="section-note">{words.dropped(dropped)}</p>}
    </Section>
  )
}

interface FindingsProps {
  title: string
  count: number
  children: ComponentChildren
}

const Findings = ({ title, count, children }: FindingsProps) =>
  count === 0 ? null : (
    <div class="findings">
      <h3>{title}</h3>
      <ul>{children}</ul>
    </div>
  )
