import { expect, test } from 'vitest'
import { inspectPicture } from '../../../shared/services/pictures/picture-inspection.ts'
import { lookAtPicture, rehearsedPicture } from '../../rehearsal/script/picture.ts'
import { pictureFile } from '../../support/pictures/picture-files.ts'

test('the rehearsal sees its own picture, and says of any other that it does not', async () => {
  const own = await inspectPicture(await rehearsedPicture())
  expect((await lookAtPicture([own.shown])).check_number).toBe(own.checkNumber)
  const other = await inspectPicture(pictureFile('photo.webp'))
  expect((await lookAtPicture([other.shown])).check_number).toBe('none')
  expect((await lookAtPicture([])).check_number).toBe('none')
})
