import { useId } from 'preact/hooks'
import './progress.css'

export interface MeterProps {
  label: string
  /** 0 to 1. */
  value: number
  /** The value as it is said; percent when not given. */
  text?: string
  /** What is below counts as low. */
  low?: number
}

const percent = (value: number): string => `${Math.round(value * 100)}%`

/** How much there is of something: a confidence, a level. Not how far something is. */
export const Meter = ({ label, value, text = percent(value), low = 0 }: MeterProps) => {
  const id = useId()
  return (
    <div class="gauge">
      <span id={id}>{label}</span>
      <span class="gauge-value">{text}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: no browser lets a page draw the parts of a <meter>. */}
      <div
        class="gauge-track"
        role="meter"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(value * 100)}
        aria-valuetext={text}
        data-low={value < low}
      >
        <div class="gauge-fill" style={{ scale: `${Math.min(1, Math.max(0, value))} 1` }} />
      </div>
    </div>
  )
}

export interface ProgressProps {
  label: string
  /** 0 to 1; null when it cannot be told. */
  value: number | null
  /** Beside the label: the time that is left. */
  text?: string
}

/** How far something is. */
export const Progress = ({ label, value, text }: ProgressProps) => {
  const id = useId()
  return (
    <div class="gauge">
      <span id={id}>{label}</span>
      {/* Another element, rather than one that moves with the length of its text. */}
      <span key={text} class="gauge-value">
        {text ?? (value === null ? '' : percent(value))}
      </span>
      <div
        class="gauge-track"
        role="progressbar"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={value === null ? undefined : Math.round(value * 100)}
        aria-valuetext={text}
        data-unknown={value === null}
      >
        <div class="gauge-fill" style={{ scale: `${value ?? 0.3} 1` }} />
      </div>
    </div>
  )
}
