import { describe, expect, it } from 'vitest'
import type { AssetType } from '../../../shared/contracts/assets.ts'
import type { MediaTask } from '../../../shared/contracts/media-pipeline.ts'
import { assetMs } from '../../../shared/rules/media-limits.ts'
import type { AssetMaker } from '../../../shared/services/media/asset-maker.ts'
import { createMemoryBucket, mediaServicesOn } from '../../support/media/simulated-media.ts'
import { storeFinishedRun } from '../../support/media/stored-run.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { processOn } from '../../support/simulation/simulated-services.ts'

const owner = 'user_1'
const wish = { kinds: ['narration'] as AssetType[] }

const speaker: AssetMaker = {
  make: async () => ({
    files: [
      {
        ...{ role: 'narration', contentType: 'audio/mpeg', extension: 'mp3' },
        ...{ width: null, height: null, duration_ms: null, body: Uint8Array.of(1, 2, 3) },
      },
    ],
    provenance: {
      ...{ origin: 'generated', provider: null, model: null, purchases: [], adjusted: [] },
      digital_source_type: '',
    },
    checks: [],
  }),
}

/** A run whose narration is asked for, on a table that can be made to fail. */
const world = async () => {
  let now = Date.parse('2026-11-26T08:00:00.000Z')
  const clock = { now: () => now }
  const sent: MediaTask[] = []
  const hidden: [string, number][] = []
  const bucket = createMemoryBucket()
  const trouble = { mistakesAfter: '', before: '' }
  const calm = processOn(createMemoryTable(), clock)
  const { store } = calm
  const process = {
    ...calm,
    store: {
      ...store,
      async write(writes: Parameters<typeof store.write>[0]) {
        const text = JSON.stringify(writes)
        if (trouble.before && text.includes(trouble.before)) throw new Error('a mistake')
        await store.write(writes)
        if (trouble.mistakesAfter && text.includes(trouble.mistakesAfter)) {
          throw new Error('a mistake')
        }
      },
    },
  }
  const makers = { narration: async () => speaker }
  const services = mediaServicesOn(process, { bucket, sent, hidden, makers })
  const { runId } = await storeFinishedRun(process, owner)
  const ask = () => services.assets.request(runId, owner, wish, { principal: owner })
  const narration = async () => (await services.repository.list(runId))[0]
  const pass = (milliseconds: number) => {
    now += milliseconds
  }
  return { ...services, trouble, ask, narration, sent, hidden, bucket, pass }
}

describe('a worker', () => {
  it('whose end took effect, and that is not told so, leaves its files where they are', async () => {
    const { ask, sent, pipeline, narration, bucket, trouble } = await world()
    await ask()
    trouble.mistakesAfter = 'asset.ready'
    await pipeline.run(sent[0] as MediaTask)
    const [file] = (await narration())?.files ?? []
    expect(await narration()).toMatchObject({ status: 'completed' })
    expect([...bucket.objects.keys()]).toEqual([file?.key])
  })

  it('that fails after it stored them leaves no files', async () => {
    const { ask, sent, pipeline, narration, bucket, trouble } = await world()
    await ask()
    trouble.before = 'asset.ready'
    await pipeline.run(sent[0] as MediaTask)
    expect(await narration()).toMatchObject({ status: 'failed' })
    expect([...bucket.objects.keys()]).toEqual([])
  })

  it('has its message come again soon, even when it fails before its first heartbeat', async () => {
    const { ask, sent, hidden, pipeline, trouble } = await world()
    await ask()
    trouble.before = 'lease_id'
    await expect(pipeline.run(sent[0] as MediaTask, 'receipt')).rejects.toThrow('a mistake')
    expect(hidden).toEqual([['receipt', assetMs.visibility]])
  })
})

describe('an asset that was stored and never sent', () => {
  it('is sent when it is asked for again, as a client does that had no answer', async () => {
    const { ask, sent, pipeline, narration } = await world()
    await ask()
    sent.length = 0
    await ask()
    expect(sent).toHaveLength(1)
    await pipeline.run(sent[0] as MediaTask)
    expect(await narration()).toMatchObject({ status: 'completed' })
    await ask()
    expect(sent).toHaveLength(1)
  })
})
