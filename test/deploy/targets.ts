import { beforeEach, inject } from 'vitest'
import { createStudio } from '../../shared/client/index.ts'
import { rehearse } from '../rehearsal/model.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { useMinistack } from './ministack/use-ministack.ts'
import type { Part, Target } from './target.ts'

/** The embedded engines of `npm test`, with the rehearsal as their model. */
const useLocal = (): Target => {
  const studio = useStudio()
  let stopWeb = async (): Promise<void> => {}
  beforeEach(async () => {
    stopWeb = await rehearse(studio.model, 'fast')
    return () => stopWeb()
  })
  return {
    name: 'local',
    origin: () => studio.origin,
    caller: () => createStudio({ origin: studio.origin }),
    model: () => studio.model,
    without: (part) => withoutHere[part],
  }
}

const withoutHere: Partial<Record<Part, string>> = {
  narration: 'its Polly is silent, and what is silent is no narration',
}

const withoutOnAws: Partial<Record<Part, string>> = {
  'fail-and-resume': 'a real model cannot be told to fail',
}

const useAws = (origin: string): Target => ({
  name: 'aws',
  origin: () => origin,
  caller: () => createStudio({ origin }),
  model: () => undefined,
  without: (part) => withoutOnAws[part],
})

/** The studio that this run of the tests is for: the local one, unless `npm run test:deploy` named another. */
export const useTarget = (): Target => {
  const deployed = inject('deployed')
  if (!deployed) return useLocal()
  if (deployed.target === 'aws') return useAws(deployed.outputs.Url)
  return useMinistack(deployed)
}
