import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** Squares of quiet around the code that readers need. */
const quiet = 4

interface Drawing {
  text: string
  /** Squares on a side, without the quiet. */
  size: number
  path: string
}

const draw = async (text: string): Promise<Drawing> => {
  const { correction, generate } = await import('lean-qr')
  const code = generate(text, { minCorrectionLevel: correction.M })
  const rows = Array.from({ length: code.size }, (_, y) => y)
  const squares = rows.flatMap((y) =>
    rows.filter((x) => code.get(x, y)).map((x) => `M${x + quiet} ${y + quiet}h1v1h-1z`),
  )
  return { text, size: code.size, path: squares.join('') }
}

/** A text as a QR code, dark on light in every theme: not every reader knows the other. */
export const QrCode = ({ text, label }: { text: string; label: string }) => {
  const drawing = useSignal<Drawing | null>(null)
  useEffect(() => {
    let isWanted = true
    draw(text).then(
      (drawn) => {
        if (isWanted) drawing.value = drawn
      },
      // The link beside it says the same.
      () => {},
    )
    return () => {
      isWanted = false
    }
  }, [text])
  const drawn = drawing.value?.text === text ? drawing.value : null
  if (!drawn) return null
  const side = drawn.size + 2 * quiet
  return (
    <svg
      class="qr-code"
      viewBox={`0 0 ${side} ${side}`}
      width="200"
      height="200"
      shape-rendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <path class="qr-paper" d={`M0 0h${side}v${side}h-${side}z`} />
      <path class="qr-ink" d={drawn.path} />
    </svg>
  )
}
