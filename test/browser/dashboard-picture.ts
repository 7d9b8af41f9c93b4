/**
 * `npm run pictures:dashboard`: the picture of the dashboard in docs/observability.md, drawn from the
 * synthesized definition with what a local studio measures while it is used for a minute.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepare } from '../../local/boot.ts'
import { widgetsOf } from '../support/dashboard/dashboard-body.ts'
import { dashboardPage } from '../support/dashboard/draw.ts'
import { liveALittle, withPrices } from '../support/dashboard/local-run.ts'
import { RecordedMetrics } from '../support/dashboard/recorded-metrics.ts'
import { startStudioOn } from '../support/studio/studio.ts'
import { launchChromium } from './support/chromium.ts'

const picture = join(import.meta.dirname, '..', '..', 'docs', 'pictures', 'dashboard.png')
const rounds = 6

const repository = join(import.meta.dirname, '..', '..')
const dataDirectory = await mkdtemp(join(tmpdir(), 'launch-studio-dashboard-'))
const { template, codeDirectory } = await prepare({
  environment: {},
  synthesisDirectory: join(repository, '.launch-studio', 'synthesis'),
})
const studio = await startStudioOn(
  { template, outdir: '' },
  withPrices,
  dataDirectory,
  codeDirectory,
)
try {
  await liveALittle(studio, rounds)
  await studio.stop()
  const metrics = await RecordedMetrics.read(join(dataDirectory, 'functions.log'))
  const { html, width, height } = dashboardPage(widgetsOf(template), metrics)
  const browser = await launchChromium()
  try {
    const page = await browser.newPage({ viewport: { width, height } })
    await page.setContent(html)
    await writeFile(picture, await page.screenshot())
  } finally {
    await browser.close()
  }
  console.log(`${picture}: ${width} × ${height}`)
} finally {
  await rm(dataDirectory, { recursive: true, force: true })
}
