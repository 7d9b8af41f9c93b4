import { EmptyState } from '../design/surfaces.tsx'
import { libraryWords } from '../wording/library.ts'

export const LibraryScreen = () => (
  <EmptyState icon="library" title={libraryWords.value.emptyTitle}>
    {libraryWords.value.empty}
  </EmptyState>
)
