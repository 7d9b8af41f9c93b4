import type { MediaStore } from '../../clients/media-store.ts'
import type { AssetCheck } from '../../contracts/assets.ts'
import type { RunExport } from '../../repositories/media-work.ts'
import { CheckFailed } from '../media/check-failed.ts'
import type { PlacedFile } from './placed-files.ts'

/** The check that an export keeps of each file, or asset, that was gone when it was packed. */
const goneCheck = 'stored_file'

export const goneChecks = (missing: readonly string[]): AssetCheck[] =>
  missing.map((detail) => ({ check: goneCheck, passed: false, detail }))

/** Paths of files, and ids of assets, that a packed export is without. */
export const missingOf = ({
  status,
  checks = [],
}: Pick<RunExport, 'status' | 'checks'>): string[] =>
  status === 'completed'
    ? checks.flatMap(({ check, detail }) => (check === goneCheck && detail ? [detail] : []))
    : []

/** The failure of a file whose bytes are not those that were recorded. */
export const changedFile = ({ path, asset }: Pick<PlacedFile, 'path' | 'asset'>): CheckFailed =>
  new CheckFailed({
    check: 'stored_bytes',
    passed: false,
    detail: `${path} of ${asset.asset_id} has other bytes than were recorded`,
  })

/**
 * Which of the files are in the bucket, asked before anything is written: the report and the manifest say what
 * is missing.
 * @throws CheckFailed for one of another size
 */
export const storedFiles = async (
  media: Pick<MediaStore, 'head'>,
  placed: readonly PlacedFile[],
): Promise<{ there: PlacedFile[]; gone: PlacedFile[] }> => {
  const heads = await Promise.all(placed.map(({ file }) => media.head(file.key)))
  const there = placed.filter((_, index) => heads[index] !== undefined)
  for (const [index, each] of placed.entries()) {
    const bytes = heads[index]?.bytes
    if (bytes !== undefined && bytes !== each.file.bytes) throw changedFile(each)
  }
  return { there, gone: placed.filter((each) => !there.includes(each)) }
}
