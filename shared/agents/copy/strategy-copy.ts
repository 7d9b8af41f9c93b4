import { StrategyOutput } from '../../contracts/agents.ts'
import { copyField, copySheet } from './copy-sheet.ts'

const { positioning_options, weekly_plan, required_assets } = StrategyOutput.shape

/** The assessment of the market and what is measured are analysis: they are not published (decision 36). */
export const strategyCopy = copySheet({
  lists: {
    positioning_options: copyField(positioning_options.element, ({ id, title, message }) => ({
      texts: [`${title}\n${message}`, title, message],
      labels: [id],
    })),
    weekly_plan: copyField(weekly_plan.element, ({ day, channel, action }) => ({
      texts: [action],
      labels: [day, channel],
    })),
    required_assets: copyField(required_assets.element, (name) => ({ texts: [name] })),
  },
})
