import { EmptyState } from '../design/surfaces.tsx'
import { packageWords } from '../wording/package.ts'

export const PackageScreen = () => (
  <EmptyState icon="package" title={packageWords.value.emptyTitle}>
    {packageWords.value.empty}
  </EmptyState>
)
