import type { ComponentChildren } from 'preact'
import type {
  CreativeOutput,
  Evidence,
  ResearchOutput,
  StrategyOutput,
  VoiceOutput,
} from '../../../shared/contracts/agents.ts'
import { Chip, type Tone } from '../design/card.tsx'
import { elementWords } from '../wording/elements.ts'
import type { ShownElement } from './element-lists.ts'
import './element.css'

/** Sources of this run by the ids under which findings name them. */
export type Sources = ReadonlyMap<string, Evidence>

type Entry<T> = T extends readonly (infer Item)[] ? Item : NonNullable<T>
type Body<Output> = Omit<Output, 'schema_version' | 'agent'>
type Outputs = Body<ResearchOutput> &
  Body<StrategyOutput> &
  Body<CreativeOutput> &
  Body<VoiceOutput>
type Kind = keyof Outputs

interface RowProps<Item> {
  item: Item
  verdict: ShownElement['copy_safety']
  sources: Sources
}

/** Each kind as a line or two; its whole is in the package. */
const rows: { [K in Kind]: (props: RowProps<Entry<Outputs[K]>>) => ComponentChildren } = {
  evidence: ({ item }) => <SourceRow source={item} />,
  market_signals: ({ item, sources }) => (
    <>
      <p>
        {item.signal} <Impact impact={item.impact} />
      </p>
      <Cited ids={item.evidence_ids} sources={sources} />
    </>
  ),
  competitor_notes: ({ item, sources }) => (
    <>
      <Headed title={item.brand} aside={item.price_band}>
        {item.positioning}
      </Headed>
      <Cited ids={item.evidence_ids} sources={sources} />
    </>
  ),
  channel_observations: ({ item, sources }) => (
    <>
      <Headed title={item.channel}>{item.observation}</Headed>
      <Cited ids={item.evidence_ids} sources={sources} />
    </>
  ),
  risk_flags: ({ item }) => <p>{item}</p>,
  market_assessment: ({ item }) => <Lists lists={item} />,
  positioning_options: ({ item, verdict }) => (
    <Headed title={item.title} verdict={verdict}>
      {item.message}
    </Headed>
  ),
  weekly_plan: ({ item, verdict }) => (
    <Headed title={item.day} aside={item.channel} verdict={verdict}>
      {item.action}
    </Headed>
  ),
  required_assets: ({ item }) => <p>{named(elementWords.value.asset, item)}</p>,
  kpi_next_actions: ({ item }) => <Lists lists={item} />,
  ad_copies: ({ item, verdict }) => (
    <>
      <p class="element-quote">{item.text}</p>
      <p class="element-about">
        <span>{item.channel}</span>
        <Verdict verdict={verdict} always />
      </p>
    </>
  ),
  poster_specs: ({ item, verdict }) => (
    <>
      <Headed title={item.headline} verdict={verdict}>
        {item.subheadline}
      </Headed>
      <p class="element-about">{item.visual_keywords.join(' · ')}</p>
    </>
  ),
  video_prompt_package: ({ item }) => (
    <>
      <p class="element-about">{elementWords.value.film(item.duration_sec, item.size)}</p>
      <Timed entries={item.shots.map(({ start, end, scene }) => ({ start, end, text: scene }))} />
    </>
  ),
  voiceover_script_short: ({ item, verdict }) => <Script verdict={verdict}>{item}</Script>,
  voiceover_script_long: ({ item, verdict }) => <Script verdict={verdict}>{item}</Script>,
  tone_profile: ({ item }) => <p>{item}</p>,
  delivery_profile: ({ item }) => (
    <>
      <p>{item.pace}</p>
      <p class="element-about">{item.emphasis_words.join(' · ')}</p>
    </>
  ),
  timing_map: ({ item }) => (
    <Timed
      entries={[
        { ...item, text: `${named(elementWords.value.purpose, item.purpose)} · ${item.text}` },
      ]}
    />
  ),
  subtitle_lines: ({ item }) => <Timed entries={[item]} />,
  tts_config: ({ item }) => (
    <p>{named(elementWords.value.voice, item.voice_preset.split('_')[0] ?? '')}</p>
  ),
}

const isKnown = (kind: string): kind is Kind => Object.hasOwn(rows, kind)

const named = (names: Readonly<Record<string, string>>, code: string): string =>
  Object.hasOwn(names, code) ? (names[code] ?? code) : code

export const kindName = (kind: string): string => named(elementWords.value.kind, kind)

/** One element of an agent's answer. One of a kind that this page does not know is left out. */
export const ElementRow = ({ element, sources }: { element: ShownElement; sources: Sources }) => {
  const { kind, item, copy_safety: verdict } = element
  if (!isKnown(kind)) return null
  // The server streams what fits the kind's schema, and nothing else.
  const row = rows[kind] as (props: RowProps<unknown>) => ComponentChildren
  return <li class="element">{row({ item, verdict, sources })}</li>
}

interface HeadedProps {
  title: string
  aside?: string
  verdict?: ShownElement['copy_safety']
  children: ComponentChildren
}

const Headed = ({ title, aside, verdict = null, children }: HeadedProps) => (
  <>
    <p class="element-head">
      <strong>{title}</strong>
      {aside && <span class="element-about">{aside}</span>}
      <Verdict verdict={verdict} />
    </p>
    <p>{children}</p>
  </>
)

const Script = ({
  verdict,
  children,
}: {
  verdict: ShownElement['copy_safety']
  children: string
}) => (
  <p class="element-quote">
    {children} <Verdict verdict={verdict} />
  </p>
)

const verdictTones = {
  ok: 'good',
  needs_evidence: 'warn',
  blocked: 'bad',
  unjudged: 'plain',
} as const satisfies Record<string, Tone>

/** What the copy filter says; without `always` only where it says something. */
const Verdict = ({
  verdict,
  always = false,
}: {
  verdict: ShownElement['copy_safety'] | undefined
  always?: boolean
}) =>
  !verdict || (verdict.verdict === 'ok' && !always) ? null : (
    <Chip tone={verdictTones[verdict.verdict]}>{elementWords.value.verdict[verdict.verdict]}</Chip>
  )

const impactTones = { high: 'accent', medium: 'plain', low: 'plain' } as const

const Impact = ({ impact }: { impact: keyof typeof impactTones }) => (
  <Chip tone={impactTones[impact]}>{elementWords.value.impact[impact]}</Chip>
)

const isWeb = (url: string): boolean => /^https?:\/\//i.test(url)

const SourceLink = ({ source }: { source: Evidence }) =>
  isWeb(source.url) ? (
    <a href={source.url} target="_blank" rel="noopener noreferrer">
      {source.source}
    </a>
  ) : (
    <span>{source.source}</span>
  )

const SourceRow = ({ source }: { source: Evidence }) => (
  <>
    <p>{source.title}</p>
    <p class="element-about">
      <SourceLink source={source} />
      <Chip tone={source.verified ? 'good' : 'warn'}>
        {source.verified ? elementWords.value.verified : elementWords.value.unverified}
      </Chip>
    </p>
  </>
)

const Cited = ({ ids, sources }: { ids: readonly string[]; sources: Sources }) => {
  const known = ids.flatMap((id) => sources.get(id) ?? [])
  if (known.length === 0) return null
  return (
    <p class="element-about">
      <span>{elementWords.value.sources}</span>
      {known.map((source) => (
        <SourceLink key={source.id} source={source} />
      ))}
    </p>
  )
}

const Lists = ({ lists }: { lists: Readonly<Record<string, readonly string[]>> }) => (
  <dl class="element-lists">
    {Object.entries(lists)
      .filter(([, entries]) => entries.length > 0)
      .map(([name, entries]) => (
        <div key={name}>
          <dt>{named(elementWords.value.list, name)}</dt>
          {entries.map((entry) => (
            <dd key={entry}>{entry}</dd>
          ))}
        </div>
      ))}
  </dl>
)

const Timed = ({ entries }: { entries: readonly { start: number; end: number; text: string }[] }) =>
  entries.map(({ start, end, text }) => (
    <p key={`${start}-${end}`} class="element-timed">
      <span class="element-about">{elementWords.value.span(start, end)}</span>
      <span>{text}</span>
    </p>
  ))
