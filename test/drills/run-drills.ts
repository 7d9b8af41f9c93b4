import { type Ask, type Drill, type DrillResult, runDrill } from './drill.ts'
import { type DrillStudio, type DrillSynthesis, startDrillStudio } from './drill-studio.ts'

/** Runs drills one after the other, in one studio but for those that change the template. */
export const runDrills = async (
  synthesis: DrillSynthesis,
  drills: readonly Drill[],
  ran: (result: DrillResult) => void,
  ask: Ask = async () => [],
): Promise<void> => {
  const { template } = synthesis
  let shared: DrillStudio | undefined
  try {
    for (const drill of drills) {
      if (drill.template) {
        const own = await startDrillStudio(synthesis, drill.template)
        try {
          ran(await runDrill(own, drill, template, ask))
        } finally {
          await own.stop()
        }
      } else {
        shared ??= await startDrillStudio(synthesis)
        ran(await runDrill(shared, drill, template, ask))
      }
    }
  } finally {
    await shared?.stop()
  }
}
