import { readFile, writeFile } from 'node:fs/promises'
import type { AssetCheck, AssetProvenance } from '../../contracts/assets.ts'
import type { CredentialSigner } from '../../platform/credentials/cose-signature.ts'
import { placements } from '../../rules/placements/placements.ts'
import type { AssetMaker, MadeAsset, MadeFile, MakingOrder } from './asset-maker.ts'
import { CheckFailed } from './check-failed.ts'

type Credentials = typeof import('../../platform/credentials/content-credentials.ts')

/** Kinds of files that get credentials. */
const signedTypes: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'video/mp4'])

const signedBody = async (
  credentials: Credentials,
  { body, contentType }: MadeFile,
  { digital_source_type, provider, model }: AssetProvenance,
  signer: CredentialSigner,
): Promise<{ body: MadeFile['body']; bytes: Uint8Array }> => {
  const note = {
    digitalSourceType: digital_source_type ?? '',
    aiSystem: model === null ? null : `${provider} ${model}`,
  }
  const plain = body instanceof Uint8Array ? body : await readFile(body.path)
  const bytes = await credentials.withCredentials(plain, contentType, note, signer)
  if (body instanceof Uint8Array) return { body: bytes, bytes }
  await writeFile(body.path, bytes)
  return { body, bytes }
}

/** A finished file has its credentials, is as it was signed, and is not too large for where it is posted. */
const looked = async (
  { readCredentials }: Credentials,
  { role, contentType }: MadeFile,
  bytes: Uint8Array,
  { placement }: Pick<MakingOrder, 'placement'>,
  { digital_source_type }: AssetProvenance,
): Promise<AssetCheck> => {
  const read = await readCredentials(bytes, contentType)
  const most = role === 'poster' && placement !== null ? placements[placement].maxBytes : null
  const check: AssetCheck = {
    check: `${role}_content_credentials`,
    passed:
      read?.isIntact === true &&
      read.digitalSourceType === digital_source_type &&
      (most === null || bytes.length <= most),
    detail:
      read === null
        ? 'none'
        : `${read.digitalSourceType}, ${bytes.length} of ${most ?? 'any'} bytes`,
  }
  if (!check.passed) throw new CheckFailed(check)
  return check
}

const signed = async (
  made: MadeAsset,
  order: Pick<MakingOrder, 'placement'>,
  signer: CredentialSigner,
): Promise<MadeAsset> => {
  // Nine megabytes, which a deployment without a key never loads.
  const credentials = await import('../../platform/credentials/content-credentials.ts')
  const files: MadeFile[] = []
  const checks = [...made.checks]
  for (const file of made.files) {
    if (!signedTypes.has(file.contentType)) {
      files.push(file)
      continue
    }
    const { body, bytes } = await signedBody(credentials, file, made.provenance, signer)
    checks.push(await looked(credentials, file, bytes, order, made.provenance))
    files.push({ ...file, body })
  }
  return { ...made, files, checks }
}

/** The same maker, whose pictures and films get signed credentials (C2PA) where there is a signer. */
export const signedMaker = (
  maker: AssetMaker,
  signer: () => Promise<CredentialSigner | null>,
): AssetMaker => ({
  async make(order, workshop) {
    // Before anything is bought: a key that cannot be used costs nothing.
    const by = await signer()
    const made = await maker.make(order, workshop)
    if (by === null || 'vendorJob' in made) return made
    workshop.signal.throwIfAborted()
    return signed(made, order, by)
  },
})
