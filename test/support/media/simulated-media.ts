import { readFile } from 'node:fs/promises'
import { assetService, runExportService } from '../../../functions/asset-composition.ts'
import { assetRecovery, exportRecovery } from '../../../functions/asset-recovery-composition.ts'
import { erasureService } from '../../../functions/erasure-composition.ts'
import { mediaPipeline } from '../../../functions/media-composition.ts'
import type { MediaStore } from '../../../shared/clients/media-store.ts'
import type { MediaTask } from '../../../shared/contracts/media-pipeline.ts'
import {
  createMediaAssetRepository,
  createRunExportRepository,
} from '../../../shared/repositories/media-asset-repository.ts'
import { type Limits, noLimits } from '../../../shared/rules/limits.ts'
import type { Makers, Planners } from '../../../shared/services/media/asset-maker.ts'
import { clientsOn } from '../simulation/simulated-services.ts'
import type { SimulatedProcess } from '../simulation/simulation.ts'

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** The bucket in memory; each call takes its turn before it takes effect and before it is answered. */
export const createMemoryBucket = () => {
  const objects = new Map<string, Uint8Array>()
  const on = (turn: SimulatedProcess['turn']): MediaStore => {
    const step = async <T>(what: string, effect: () => T): Promise<T> => {
      await turn(what)
      const result = effect()
      await turn(`answer of ${what}`)
      return result
    }
    const unused = () => Promise.reject(new Error('The simulation does not do that.'))
    return {
      async put(key, body, { onlyNew }) {
        const isFile = typeof body === 'object' && 'path' in body
        const bytes = isFile
          ? new Uint8Array(await readFile(body.path))
          : new Uint8Array(Buffer.from(body as Uint8Array))
        return step(`put ${key}`, () => {
          if (onlyNew && objects.has(key)) return false
          objects.set(key, bytes)
          return true
        })
      },
      get: (key) => step(`get ${key}`, () => objects.get(key)),
      open: (key) =>
        step(`open ${key}`, () => {
          const found = objects.get(key)
          return found && piecesOf(found)
        }),
      head: (key) =>
        step(`head ${key}`, () => {
          const found = objects.get(key)
          return found && { bytes: found.length, contentType: '', metadata: {} }
        }),
      erase: (prefix) =>
        step(`erase ${prefix}`, () => {
          for (const key of objects.keys()) if (key.startsWith(prefix)) objects.delete(key)
        }),
      link: async (key) => key,
      uploadForm: unused,
      // biome-ignore lint/correctness/useYield: nothing is listed
      async *list() {
        throw new Error('The simulation does not list.')
      },
      uri: (key) => key,
    }
  }
  return { objects, on }
}

export type MemoryBucket = ReturnType<typeof createMemoryBucket>

/** The services of assets in one process, with what it shares with the others. */
export const mediaServicesOn = (
  process: SimulatedProcess,
  {
    bucket,
    sent,
    hidden = [],
    makers,
    planners = {},
    limits = noLimits,
  }: {
    bucket: MemoryBucket
    sent: MediaTask[]
    /** Messages that were hidden, and for how many milliseconds. */
    hidden?: [receipt: string, milliseconds: number][]
    makers: Makers
    planners?: Planners
    limits?: Limits
  },
) => {
  const { store, clock, turn } = process
  const clients = {
    ...clientsOn({ store, clock, limits }),
    media: async () => bucket.on(turn),
    queue: async () => ({
      async send(bodies: readonly object[]) {
        await turn('send')
        sent.push(...(bodies as MediaTask[]))
      },
      hide: async (receipt: string, milliseconds: number) =>
        void hidden.push([receipt, milliseconds]),
    }),
    productPicture: async () => null,
  }
  return {
    pipeline: mediaPipeline(makers, clients),
    assets: assetService(planners, clients),
    recovery: assetRecovery(clients),
    exports: runExportService(clients),
    exportRecovery: exportRecovery(clients),
    erasure: erasureService(clients),
    exportRepository: createRunExportRepository(store, clock),
    repository: createMediaAssetRepository(store, clock),
  }
}
