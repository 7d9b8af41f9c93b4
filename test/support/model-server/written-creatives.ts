import {
  type CreativeDependencies,
  type CreativeInput,
  type CreativeListener,
  create,
  type JudgedParts,
} from '../../../shared/agents/creative-agent.ts'
import { CreativeOutput } from '../../../shared/contracts/agents.ts'
import type { CopyReport } from '../../../shared/contracts/copy-safety.ts'
import {
  type CreativePartAnswers,
  creativePartNames,
} from '../../../shared/contracts/creative-parts.ts'

export interface WrittenCreatives {
  parts: JudgedParts
  /** The fields of all parts, as readers get them. */
  value: CreativeOutput
  /** What the copy filter says of all of them. */
  copy: Pick<CopyReport, 'verdicts' | 'rejected'>
}

/** Lets the creative agent write all of its parts, and puts them together. */
export const writeCreatives = async (
  dependencies: CreativeDependencies,
  input: CreativeInput,
  listener: CreativeListener,
  stored: Partial<CreativePartAnswers> = {},
): Promise<WrittenCreatives> => {
  const parts = await create(dependencies, input, listener, stored)
  const judged = creativePartNames.flatMap((part) => parts[part] ?? [])
  return {
    parts,
    value: CreativeOutput.parse(
      Object.assign({}, ...Object.values(stored), ...judged.map(({ output }) => output.value)),
    ),
    copy: {
      verdicts: judged.flatMap(({ copy }) => copy.verdicts),
      rejected: judged.flatMap(({ copy }) => copy.rejected),
    },
  }
}
