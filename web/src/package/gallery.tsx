import { useSignal } from '@preact/signals'
import { Button } from '../design/button.tsx'
import { Notice, Skeleton } from '../design/surfaces.tsx'
import { sentenceOf } from '../trouble/sentence.ts'
import { assetWords } from '../wording/assets.ts'
import { packageWords } from '../wording/package.ts'
import { AssetTile } from './asset-tile.tsx'
import { areVerified, sizeOf } from './device-frame.tsx'
import { galleryOf, type PlacementGroup } from './gallery-order.ts'
import { assets, assetsRead, isDone, parts, readAgain, unread } from './open-package.ts'
import { openTask } from './open-task.ts'
import { Section } from './section.tsx'
import { VerdictNote } from './verdict.tsx'

export const Gallery = () => {
  const words = assetWords.value
  const { standing, content } = parts.value.creative
  const safeArea = useSignal(false)
  const groups = galleryOf(assets.value, content.poster_specs)
  const make = isDone.value && (
    <Button
      kind={groups.length === 0 ? 'primary' : 'secondary'}
      size="small"
      icon="plus"
      onClick={() => openTask({ kind: 'make' })}
    >
      {groups.length === 0 ? words.make : words.makeMore}
    </Button>
  )
  const toggle = groups.length > 0 && (
    <button
      type="button"
      class="button"
      data-kind="quiet"
      data-size="small"
      aria-pressed={safeArea.value}
      onClick={() => {
        safeArea.value = !safeArea.peek()
      }}
    >
      <span class="safe-mark" aria-hidden="true" />
      {words.safeArea}
    </button>
  )
  return (
    <Section
      name="gallery"
      standing={standing}
      aside={
        <>
          {toggle}
          {make}
        </>
      }
    >
      <Unread />
      {groups.length === 0 && <NothingYet />}
      {safeArea.value && groups.length > 0 && <SafeAreaNote groups={groups} />}
      {groups.map((group) => (
        <Group key={group.placement} group={group} safeArea={safeArea.value} />
      ))}
      <Specs open={groups.length === 0} />
    </Section>
  )
}

const Unread = () => {
  const problem = unread.assets.value
  if (!problem) return null
  return (
    <Notice
      tone="bad"
      title={assetWords.value.unread}
      reference={problem.code}
      actions={
        <Button size="small" onClick={readAgain}>
          {packageWords.value.again}
        </Button>
      }
    >
      {sentenceOf(problem)}
    </Notice>
  )
}

const NothingYet = () => {
  const words = assetWords.value
  if (!isDone.value) return <p class="section-missing">{words.notReady}</p>
  if (!assetsRead.value) return <Skeleton lines={6} label={packageWords.value.loading} />
  return (
    <div class="nothing-yet">
      <h3>{words.nothingYet}</h3>
      <p>{words.nothingYetAbout}</p>
    </div>
  )
}

const SafeAreaNote = ({ groups }: { groups: readonly PlacementGroup[] }) => {
  const words = assetWords.value
  return (
    <p class="section-note">
      {words.safeAreaAbout}{' '}
      {!areVerified(groups.map(({ placement }) => placement)) && words.safeAreaUnverified}
    </p>
  )
}

const Group = ({ group, safeArea }: { group: PlacementGroup; safeArea: boolean }) => {
  const words = assetWords.value
  const { placement } = group
  const { width, height } = sizeOf(placement)
  const shape = width / height > 1.1 ? 'wide' : 'tall'
  return (
    <div class="placement">
      <h3>
        {words.placement[placement]} <span class="count">{words.size(width, height)}</span>
      </h3>
      <div class="tiles" data-shape={shape}>
        {[...group.films, ...group.posters].map((versions) => (
          <AssetTile
            key={versions.asset.asset_id}
            versions={versions}
            placement={placement}
            safeArea={safeArea}
          />
        ))}
      </div>
    </div>
  )
}

/** What the posters say, before and beside the pictures. */
const Specs = ({ open }: { open: boolean }) => {
  const specs = parts.value.creative.content.poster_specs
  if (specs.length === 0) return null
  return (
    <details class="specs" open={open}>
      <summary>{assetWords.value.specs}</summary>
      <ul>
        {specs.map(({ id, headline, subheadline, visual_keywords }) => (
          <li key={id} class="spec">
            <p class="spec-headline">{headline}</p>
            <p>{subheadline}</p>
            <p class="section-note">{visual_keywords.join(' · ')}</p>
            <VerdictNote where={`poster_specs.${id}`} />
          </li>
        ))}
      </ul>
    </details>
  )
}
