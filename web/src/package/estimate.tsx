import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { AssetEstimate, AssetRequest } from '../../../shared/client/contract.ts'
import type { StudioProblem } from '../../../shared/client/index.ts'
import { Icon } from '../design/icons.tsx'
import { Notice, Skeleton } from '../design/surfaces.tsx'
import { studio } from '../session/studio.ts'
import { sentenceOf } from '../trouble/sentence.ts'
import { assetWords } from '../wording/assets.ts'
import { type EstimateRow, estimateRows } from './estimate-rows.ts'
import { runId } from './open-package.ts'
import { dollars } from './time.ts'

/** Milliseconds after the last change of a wish. */
const settleMs = 300

/** What a request would make and buy, asked anew whenever it changes; null while that is not known. */
export const useEstimate = (request: AssetRequest | null) => {
  const estimate = useSignal<AssetEstimate | null>(null)
  const problem = useSignal<StudioProblem | null>(null)
  const wish = JSON.stringify(request)
  useEffect(() => {
    estimate.value = null
    problem.value = null
    const id = runId.peek()
    if (request === null || id === null) return
    const over = new AbortController()
    const ask = async (): Promise<void> => {
      try {
        estimate.value = await studio.run(id).assets.estimate(request, { signal: over.signal })
      } catch (error) {
        if (!over.signal.aborted) problem.value = error as StudioProblem
      }
    }
    const timer = setTimeout(() => void ask(), settleMs)
    return () => {
      clearTimeout(timer)
      over.abort()
    }
  }, [wish])
  return { estimate: estimate.value, problem: problem.value }
}

export interface EstimateViewProps {
  estimate: AssetEstimate | null
  problem: StudioProblem | null
}

export const EstimateView = ({ estimate, problem }: EstimateViewProps) => {
  const words = assetWords.value
  if (problem) {
    return (
      <Notice tone="bad" title={words.estimate} reference={problem.code}>
        {sentenceOf(problem)}
      </Notice>
    )
  }
  return (
    <section class="estimate" aria-label={words.estimate} aria-busy={estimate === null}>
      <h3>{words.estimate}</h3>
      {estimate === null ? (
        <Skeleton lines={4} label={words.estimating} />
      ) : (
        <Known estimate={estimate} />
      )}
    </section>
  )
}

const Known = ({ estimate }: { estimate: AssetEstimate }) => {
  const words = assetWords.value
  const rows = estimateRows(estimate)
  const { total, without_price, with_unverified_price } = estimate
  const known = total ? words.about(dollars(total.amount)) : words.free
  const isUnknown = total === null && without_price > 0
  return (
    <>
      <table>
        <tbody>
          {rows.map((row) => (
            <Row key={row.type} row={row} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.total}</th>
            <td />
            <td>
              <span class="estimate-price">{isUnknown ? words.unknownPrice : known}</span>
              {!isUnknown && without_price > 0 && <span> {words.plusUnknown}</span>}
              {with_unverified_price > 0 && (
                <span class="estimate-doubt">{words.unverifiedPrice}</span>
              )}
            </td>
          </tr>
        </tfoot>
      </table>
      {rows
        .flatMap(({ obstacles }) => obstacles)
        .map((sentence) => (
          <p key={sentence} class="estimate-obstacle">
            <Icon name="warning" />
            <span>{sentence}</span>
          </p>
        ))}
    </>
  )
}

const Row = ({ row }: { row: EstimateRow }) => {
  const words = assetWords.value
  const price = row.amount > 0 ? words.about(dollars(row.amount)) : words.free
  return (
    <tr>
      <th scope="row">
        {words.type[row.type]}
        <span>{words.count(row.made, row.exists)}</span>
      </th>
      <td>{row.vendors.join(', ') || (row.made > 0 ? words.ourselves : '')}</td>
      <td>
        {row.made > 0 && (
          <span class="estimate-price">{row.withoutPrice ? words.unknownPrice : price}</span>
        )}
        {row.unverified && <span class="estimate-doubt">{words.unverifiedPrice}</span>}
      </td>
    </tr>
  )
}
