import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { AmountWrong, boot } from '../../../local/boot.ts'

test('a studio does not start with a cap that is no amount, and names it', async () => {
  const started = boot({
    environment: { OPENAI_API_KEY: 'a-key', SPEND_CAP_RUN_USD: 'a lot' },
    dataDirectory: tmpdir(),
    synthesisDirectory: tmpdir(),
    port: 0,
    log: () => {},
  })
  await expect(started).rejects.toThrow(AmountWrong)
  await expect(started).rejects.toThrow('SPEND_CAP_RUN_USD')
})
