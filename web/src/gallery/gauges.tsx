import { Chip } from '../design/card.tsx'
import { Meter, Progress } from '../design/progress.tsx'
import { galleryWords } from '../wording/gallery.ts'
import { Exhibit } from './exhibit.tsx'

const tones = ['plain', 'accent', 'good', 'warn', 'bad'] as const

export const Gauges = () => {
  const words = galleryWords.value
  return (
    <>
      <Exhibit title={words.chips}>
        <div class="exhibit-row">
          {tones.map((tone) => (
            <Chip key={tone} tone={tone}>
              {words.tone[tone]}
            </Chip>
          ))}
        </div>
      </Exhibit>
      <Exhibit title={words.meters}>
        <Meter label={words.confidence} value={0.92} low={0.6} />
        <Meter label={words.confidence} value={0.4} low={0.6} />
        <Meter label={words.confidence} value={0} low={0.6} />
      </Exhibit>
      <Exhibit title={words.progress}>
        <Progress label={words.stage} value={0.35} text={words.left} />
        <Progress label={words.stage} value={1} />
        <Progress label={words.stage} value={null} />
      </Exhibit>
    </>
  )
}
