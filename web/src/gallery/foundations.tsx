import { Icon, iconNames } from '../design/icons.tsx'
import { galleryWords } from '../wording/gallery.ts'
import { Exhibit } from './exhibit.tsx'

const colours = [
  'paper',
  'paper-raised',
  'paper-sunken',
  'paper-pressed',
  'ink',
  'ink-soft',
  'ink-faint',
  'line',
  'line-strong',
  'accent',
  'accent-soft',
  'good',
  'good-soft',
  'warn',
  'warn-soft',
  'bad',
  'bad-soft',
]

const sizes = ['3xl', '2xl', 'xl', 'l', 'm', 's', 'xs']

export const Foundations = () => {
  const words = galleryWords.value
  return (
    <>
      <Exhibit title={words.colours}>
        <div class="swatches">
          {colours.map((name) => (
            <div key={name} class="swatch">
              <div class="swatch-colour" style={{ background: `var(--${name})` }} />
              {name}
            </div>
          ))}
        </div>
      </Exhibit>
      <Exhibit title={words.type}>
        <div class="type-sample">
          {sizes.map((size) => (
            <p
              key={size}
              style={{ fontSize: `var(--text-${size})`, lineHeight: 'var(--leading-tight)' }}
            >
              {words.sentence}
            </p>
          ))}
        </div>
      </Exhibit>
      <Exhibit title={words.icons}>
        <div class="exhibit-row">
          {iconNames.map((name) => (
            <span key={name} title={name}>
              <Icon name={name} />
            </span>
          ))}
        </div>
      </Exhibit>
    </>
  )
}
