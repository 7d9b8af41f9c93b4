import { initSync, WasmBuilder, WasmReader } from '@contentauth/c2pa-wasm'
import * as z from 'zod'
import { bundledModule } from '../bundled-file.ts'
import type { CredentialSigner } from './cose-signature.ts'

/** What credentials say of a file: it was created, by what kind of source. */
export interface CredentialNote {
  /** A term of IPTC, see `rules/digital-source-types`. */
  digitalSourceType: string
  /** The model behind it; null when none took part. */
  aiSystem: string | null
}

/** A file in memory where the package expects a browser's; it reads pieces of it, and nothing else. */
class HeldFile extends Blob {
  readonly held: Uint8Array

  constructor(held: Uint8Array) {
    super([])
    this.held = held
    Object.defineProperty(this, 'size', { value: held.length })
  }

  override slice(from?: number, to?: number): Blob {
    return new HeldFile(this.held.subarray(from, to))
  }
}

/** Of browsers' workers; Node has none. */
class HeldFileReader {
  readAsArrayBuffer({ held }: HeldFile): ArrayBuffer {
    return new Uint8Array(held).buffer
  }
}

let loading: Promise<void> | undefined

const load = async (): Promise<void> => {
  const module = await bundledModule('c2pa.wasm')
  if (!('FileReaderSync' in globalThis)) {
    Object.assign(globalThis, { FileReaderSync: HeldFileReader })
  }
  initSync({ module })
}

/** Of C2PA's reference implementation, c2pa-rs, compiled to WebAssembly: large, and loaded once. */
const loaded = (): Promise<void> => {
  loading ??= load()
  return loading
}

/** The same file with signed credentials (C2PA) in it. Rejects for a file that it cannot be written into. */
export const withCredentials = async (
  file: Uint8Array,
  contentType: string,
  { digitalSourceType, aiSystem }: CredentialNote,
  signer: CredentialSigner,
): Promise<Uint8Array> => {
  await loaded()
  const action = {
    action: 'c2pa.created',
    digitalSourceType,
    ...(aiSystem !== null && { softwareAgent: { name: aiSystem } }),
  }
  const builder = WasmBuilder.fromJson(
    JSON.stringify({
      claim_generator_info: [{ name: 'Launch Studio' }],
      format: contentType,
      assertions: [{ label: 'c2pa.actions.v2', data: { actions: [action] } }],
    }),
  )
  try {
    return await builder.sign(
      {
        sign: async (claim) => signer.sign(claim),
        reserveSize: signer.reserve,
        alg: 'es256',
      },
      [],
      contentType,
      new HeldFile(file),
    )
  } finally {
    builder.free()
  }
}

const Store = z.object({
  active_manifest: z.string(),
  /** `Valid` of a file that is as it was signed, and `Trusted` when the signer is on a list as well. */
  validation_state: z.string(),
  manifests: z.record(
    z.string(),
    z.object({
      assertions: z.array(z.object({ label: z.string(), data: z.unknown() })).optional(),
    }),
  ),
})
const Actions = z.object({
  actions: z.array(z.object({ action: z.string(), digitalSourceType: z.string().optional() })),
})

/** What the credentials of a file say, and whether it is as it was signed; null of a file without any. */
export const readCredentials = async (
  file: Uint8Array,
  contentType: string,
): Promise<{ isIntact: boolean; digitalSourceType: string | null } | null> => {
  await loaded()
  const reader = await WasmReader.fromBytes(contentType, file).catch(() => null)
  if (reader === null) return null
  const store = Store.parse(JSON.parse(reader.json()))
  reader.free()
  const assertions = store.manifests[store.active_manifest]?.assertions ?? []
  const stated = assertions
    .flatMap(({ data }) => Actions.safeParse(data).data?.actions ?? [])
    .find(({ action }) => action === 'c2pa.created')
  return {
    isIntact: ['Valid', 'Trusted'].includes(store.validation_state),
    digitalSourceType: stated?.digitalSourceType ?? null,
  }
}
