import { systemClock } from '../../platform/clock.ts'
import { setting } from '../../platform/environment.ts'
import { environmentNames } from '../../platform/environment-names.ts'
import { createPageReader, type PageReader } from './page-reader.ts'

let configured: PageReader | undefined

/** The reader of public pages; one for the process, which remembers what sites allow. */
export const configuredPageReader = (): PageReader => {
  configured ??= createPageReader({
    clock: systemClock,
    allowLoopback: setting(environmentNames.pagesAllowLoopback) === 'true',
  })
  return configured
}
