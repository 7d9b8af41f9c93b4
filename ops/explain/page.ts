import { dollars, duration, moment, paragraph, plural, section, table } from '../terminal.ts'
import type { ExplainedAsset, ExplainedStage, Explanation } from './explanation.ts'

const price = (amount: number | null): string => (amount === null ? 'unknown' : dollars(amount))

const count = (value: number): string => value.toLocaleString('en-US')

const headOf = (run: Explanation): string[] => {
  const ids = [
    `session ${run.session_id}`,
    `principal ${run.principal}`,
    ...(run.job_id === null ? [] : [`job ${run.job_id}`]),
    ...(run.parent_run_id === null ? [] : [`revises ${run.parent_run_id}`]),
  ]
  const ended =
    run.ended_at === null
      ? `, for ${duration(run.took_ms)} by now`
      : `, ended after ${duration(run.took_ms)}`
  return [
    `${run.run_id}: ${run.outcome.toUpperCase()}`,
    paragraph(
      `state ${run.state}, stage ${run.stage}, attempt ${run.attempt}; ${run.locale}, mode ${run.mode}`,
    ),
    paragraph(`began ${moment(run.began_at)} UTC${ended}`),
    ...ids.map((id) => `  ${id}`),
    ...(run.request_id === null ? [] : [`  request ${run.request_id}`]),
  ]
}

/** None of its calls has told what it used. */
const isUntold = ({ cost, input_tokens, output_tokens }: ExplainedStage): boolean =>
  cost === null && input_tokens + output_tokens === 0

const stageRow = (stage: ExplainedStage): (string | number)[] => [
  stage.stage,
  stage.status,
  stage.took_ms === null ? '' : duration(stage.took_ms),
  stage.calls,
  count(stage.input_tokens),
  count(stage.output_tokens),
  isUntold(stage) ? 'not told' : price(stage.cost),
  stage.models.join(', '),
]

const notesOn = ({ stages }: Explanation): string[] =>
  stages.flatMap(
    ({ stage, calls_without_usage, rejected_by, dropped_evidence, partial_elements }) => [
      ...(calls_without_usage > 0
        ? [
            `${stage}: ${calls_without_usage} of its calls reported no usage: they are open, failed, were refused or ended early.`,
          ]
        : []),
      ...(dropped_evidence > 0
        ? [`${stage}: ${dropped_evidence} pieces of evidence left out.`]
        : []),
      ...(rejected_by.length > 0
        ? [`${stage}: texts kept back by ${rejected_by.join(', ')}.`]
        : []),
      ...(partial_elements > 0 ? [`${stage}: ${partial_elements} elements kept as partial.`] : []),
    ],
  )

const costLines = ({ cost, stages }: Explanation): string[] => {
  const unknown = stages.filter((stage) => stage.cost === null && !isUntold(stage))
  const models = [...new Set(unknown.flatMap((stage) => stage.models))]
  return [
    paragraph(
      `Models ${price(cost.models)}, ${plural(cost.search_calls, 'search', 'searches')} ${price(cost.searches)}. Counted towards the run's cap of ${dollars(cost.cap)}: ${dollars(cost.spent)}${cost.reserved > 0 ? `, and ${dollars(cost.reserved)} reserved by calls in progress or workers that died` : ''}.`,
    ),
    ...(models.length > 0
      ? [
          paragraph(
            `The price of ${models.join(', ')} is not known: MODEL_PRICES names it. Until then a bound counts towards the caps.`,
          ),
        ]
      : []),
  ]
}

const attemptsTable = ({ attempts }: Explanation): string =>
  attempts.length === 0
    ? ''
    : table([
        ['attempt', 'began (UTC)', 'took', 'ended', 'at', 'execution', 'code'],
        ...attempts.map((one) => [
          one.attempt,
          moment(one.began_at),
          one.ended_at === null
            ? ''
            : duration(Date.parse(one.ended_at) - Date.parse(one.began_at)),
          one.ended ?? 'goes on',
          one.stage ?? '',
          one.execution,
          one.code ?? '',
        ]),
      ])

const logTable = ({ log, began_at }: Explanation): string => {
  const start = Date.parse(began_at)
  return log.length === 0
    ? ''
    : table([
        ['seq', 'after', 'what'],
        ...log.map(({ seq, at, what }) => [seq, duration(Date.parse(at) - start), what]),
      ])
}

const assetRow = (asset: ExplainedAsset): string[] => [
  asset.asset_id,
  asset.type,
  asset.placement ?? '',
  asset.status,
  asset.stage,
  asset.cost === null ? '' : dollars(asset.cost),
  asset.code ?? '',
]

const assetsTable = ({ assets }: Explanation): string =>
  assets.length === 0
    ? ''
    : table([
        ['asset', 'type', 'placement', 'status', 'stage', 'cost', ''],
        ...assets.map(assetRow),
      ])

/** Each reason once: assets mostly fail together. */
const reasonsIn = ({ assets }: Explanation): string[] => [
  ...new Set(assets.flatMap(({ code, detail }) => (code && detail ? [`${code}: ${detail}`] : []))),
]

const headingOf = ({ outcome }: Explanation): string =>
  ['done', 'failed', 'cancelled'].includes(outcome) ? 'Why it ended' : 'Where it is'

/** An explanation as a page of terminal text. */
export const pageOf = (run: Explanation): string =>
  [
    ...headOf(run),
    ...section(headingOf(run), ...run.why.map((why) => paragraph(why))),
    ...section(
      'Rules that were broken',
      ...(run.failure?.rules ?? []).map(({ path, message }) => paragraph(`${path}: ${message}`)),
    ),
    ...section('What to do', ...run.next.map((step) => paragraph(step))),
    ...section(
      'Stages',
      table([
        ['stage', 'status', 'took', 'calls', 'tokens in', 'out', 'cost', 'model'],
        ...run.stages.map(stageRow),
      ]),
      ...notesOn(run).map((note) => paragraph(note)),
    ),
    ...section('Attempts', attemptsTable(run)),
    ...section('Cost', ...costLines(run)),
    ...section(
      'Assets and exports',
      assetsTable(run),
      ...reasonsIn(run).map((one) => paragraph(one)),
    ),
    ...section('Log', logTable(run)),
    '',
    `Its lines: filter run_id = "${run.run_id}" over the functions' logs (docs/observability.md).`,
  ].join('\n')
