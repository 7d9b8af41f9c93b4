import { Chip } from '../design/card.tsx'
import { Icon } from '../design/icons.tsx'
import { packageWords } from '../wording/package.ts'
import type { Evidence } from './assemble.ts'
import { webAddress } from './safety.ts'
import { dateOnly } from './time.ts'

/** What a finding rests on, one click away. */
export const Sources = ({ sources }: { sources: readonly Evidence[] }) => {
  const words = packageWords.value
  if (sources.length === 0) return <p class="no-source">{words.noSource}</p>
  const verified = sources.filter((source) => source.verified).length
  return (
    <details class="sources">
      <summary>
        <Icon name="link" />
        {words.sources(sources.length)}
        {verified > 0 && <span class="sources-verified">{words.verified}</span>}
      </summary>
      <ul>
        {sources.map((source) => (
          <li key={source.id}>
            <Source source={source} />
          </li>
        ))}
      </ul>
    </details>
  )
}

const Source = ({ source }: { source: Evidence }) => {
  const words = packageWords.value
  const address = webAddress(source.url)
  return (
    <article class="source">
      <h4>
        {address ? (
          <a href={address} target="_blank" rel="noreferrer noopener">
            {source.title}
            <span class="visually-hidden"> ({words.opensNew})</span>
          </a>
        ) : (
          source.title
        )}
      </h4>
      <p class="source-about">
        <span>{source.site ?? source.source}</span>
        <span>
          {source.published_at
            ? words.publishedOn(dateOnly(source.published_at))
            : words.observedOn(dateOnly(source.observed_at))}
        </span>
        <Chip tone={source.verified ? 'good' : 'warn'}>
          {source.verified ? words.verified : words.notVerified}
        </Chip>
      </p>
      <blockquote>{source.quote}</blockquote>
    </article>
  )
}
