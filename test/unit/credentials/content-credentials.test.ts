import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { findCredentialSigner } from '../../../shared/clients/credential-signer.ts'
import {
  readCredentials,
  withCredentials,
} from '../../../shared/platform/credentials/content-credentials.ts'
import { credentialSigner } from '../../../shared/platform/credentials/cose-signature.ts'
import { readMp4 } from '../../../shared/platform/film/mp4-index.ts'
import { writeFilm } from '../../../shared/platform/film/mp4-writer.ts'
import { encodeJpeg, encodePng } from '../../../shared/platform/pictures/encode-picture.ts'
import { readOrigin, withOrigin } from '../../../shared/platform/xmp/picture-xmp.ts'
import { readXmpPacket, xmpPacket } from '../../../shared/platform/xmp/xmp-packet.ts'
import { digitalSourceTypes } from '../../../shared/rules/digital-source-types.ts'
import type { AssetMaker, MadeAsset } from '../../../shared/services/media/asset-maker.ts'
import { signedMaker } from '../../../shared/services/media/signed-maker.ts'
import { testSignerPem } from '../../support/credentials/test-signer.ts'
import { smallClip } from '../../support/film/clips.ts'
import { filmOrder, openWorkshop } from '../../support/film/film-order.ts'

const note = {
  digitalSourceType: digitalSourceTypes.compositeWithTrainedAlgorithmicMedia,
  aiSystem: 'openai <painter> "1"',
}
const pixels = new Uint8Array(4 * 64 * 48).map((_, index) => (index * 7) % 251)
const picture = { width: 64, height: 48, pixels }
const signer = credentialSigner(testSignerPem)

const poster = async (): Promise<Uint8Array> =>
  withOrigin((await encodeJpeg(picture, {})).bytes, note)

const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'credentials-'))
  return work(folder).finally(() => rm(folder, { recursive: true, force: true }))
}

describe('Content credentials', () => {
  it.each(['image/jpeg', 'image/png'])(
    'are in a %s beside the note of its origin',
    async (type) => {
      const plain =
        type === 'image/jpeg' ? await poster() : withOrigin(await encodePng(picture), note)
      const file = await withCredentials(plain, type, note, signer)
      expect(await readCredentials(plain, type)).toBeNull()
      expect(await readCredentials(file, type)).toEqual({
        isIntact: true,
        digitalSourceType: note.digitalSourceType,
      })
      expect(readOrigin(file)).toEqual(note)
    },
  )

  it('are in a film that still starts at once and has its note', async () => {
    await inFolder(async (folder) => {
      const [clip, path] = [join(folder, 'clip.mp4'), join(folder, 'film.mp4')]
      await writeFile(clip, await smallClip())
      const silent = { sound: null, captions: null, seconds: 40 / 30 }
      await writeFilm({ parts: [clip], ...silent, xmp: xmpPacket(note), path })
      const before = await readMp4(path)
      const file = await withCredentials(await readFile(path), 'video/mp4', note, signer)
      await writeFile(path, file)
      const index = await readMp4(path)
      expect(index.fastStart).toBe(true)
      expect(readXmpPacket(index.xmp ?? '')).toEqual(note)
      expect(index.tracks[0]?.samples.length).toBe(before.tracks[0]?.samples.length)
      // The samples have moved, and the index with them: the same bytes lie where it says.
      const [last, same] = [before, index].map(({ tracks }) => tracks[0]?.samples.at(-1))
      expect(same?.size).toBe(last?.size)
      expect(await readCredentials(file, 'video/mp4')).toMatchObject({ isIntact: true })
    })
  })

  it('tell a file that was changed afterwards', async () => {
    const file = await withCredentials(await poster(), 'image/jpeg', note, signer)
    const changed = new Uint8Array(file)
    const at = changed.length - 20
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(await readCredentials(changed, 'image/jpeg')).toMatchObject({ isIntact: false })
  })
})

describe('A signed maker', () => {
  const made = async (): Promise<MadeAsset> => ({
    files: [
      {
        ...{ role: 'poster', width: 64, height: 48, duration_ms: null },
        ...{ contentType: 'image/jpeg', extension: 'jpg', body: await poster() },
      },
    ],
    provenance: {
      ...{ origin: 'generated', provider: 'openai', model: 'painter', purchases: [], adjusted: [] },
      digital_source_type: note.digitalSourceType,
    },
    checks: [],
  })
  const order = filmOrder({ placement: 'naver_timeboard' })
  afterEach(() => vi.unstubAllEnvs())

  it('signs what was made, and looks at it again', async () => {
    const maker = signedMaker({ make: made }, async () => signer)
    const answer = await maker.make(order, openWorkshop())
    expect(answer).toMatchObject({
      checks: [{ check: 'poster_content_credentials', passed: true }],
    })
  })

  it('leaves files as they are without the setting', async () => {
    const plain = await made()
    const maker = signedMaker({ make: async () => plain }, findCredentialSigner)
    expect(await maker.make(order, openWorkshop())).toBe(plain)
  })

  it('makes nothing with a key that cannot be used, and never tells it', async () => {
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    const certificates = testSignerPem.slice(testSignerPem.indexOf('-----BEGIN CERTIFICATE'))
    vi.stubEnv('CONTENT_CREDENTIALS', 'on')
    const make = vi.fn<AssetMaker['make']>()
    for (const pem of [privateKey, privateKey + certificates, 'no key']) {
      vi.stubEnv('C2PA_SIGNING_KEY', pem.replaceAll('\n', '\\n'))
      const failure = await signedMaker({ make }, findCredentialSigner)
        .make(order, openWorkshop())
        .catch((error: unknown) => error)
      expect(failure).toMatchObject({ code: 'CAPABILITY_NOT_CONFIGURED' })
      expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain('MIGH')
    }
    vi.stubEnv('C2PA_SIGNING_KEY', testSignerPem.replaceAll('\n', '\\n'))
    expect(await findCredentialSigner()).toMatchObject({ reserve: signer.reserve })
    expect(make).not.toHaveBeenCalled()
  })
})
