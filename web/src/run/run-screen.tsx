import { EmptyState } from '../design/surfaces.tsx'
import { runWords } from '../wording/run.ts'

export const RunScreen = () => (
  <EmptyState icon="run" title={runWords.value.emptyTitle}>
    {runWords.value.empty}
  </EmptyState>
)
