import { join } from 'node:path'

export const desktop = { width: 1280, height: 800 }
/** The narrowest phones. */
export const phone = { width: 360, height: 740 }

/** Where pictures of every screen and state are put, for a look at them; git ignores it. */
export const picturesFolder = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  '.launch-studio',
  'screens',
)
