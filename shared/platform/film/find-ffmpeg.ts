import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { setting } from '../environment.ts'
import { modelSettingNames } from '../environment-names.ts'

const executable = async (path: string): Promise<boolean> => {
  try {
    await access(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Where a Lambda layer puts it, see bin/ffmpeg-layer.ts. */
const layerPath = '/opt/bin/ffmpeg'

/**
 * The path of ffmpeg: what FFMPEG_PATH names, else the layer's, else the first on PATH. Null where there is
 * none, or FFMPEG_PATH is `off`.
 */
export const findFfmpeg = async (): Promise<string | null> => {
  const named = setting(modelSettingNames.ffmpegPath)
  if (named === 'off') return null
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const places =
    named === undefined ? [layerPath, ...folders.map((folder) => join(folder, 'ffmpeg'))] : [named]
  for (const place of places) if (await executable(place)) return place
  return null
}

/**
 * Whether the media worker has ffmpeg, seen from any function of the deployment: a layer is the worker's alone, and the
 * setting that names it stands in all of them.
 */
export const workerHasFfmpeg = async (): Promise<boolean> =>
  setting(modelSettingNames.ffmpegPath) !== 'off' &&
  (setting(modelSettingNames.ffmpegLayer) !== undefined || (await findFfmpeg()) !== null)
