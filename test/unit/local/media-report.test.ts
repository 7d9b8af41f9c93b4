import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { lambdaEnvironment } from '../../../local/functions/environment.ts'
import { mediaReport } from '../../../local/media-report.ts'

afterEach(() => vi.unstubAllEnvs())

it('tells which setting of pictures is missing, and that there is no ffmpeg', async () => {
  vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:9')
  vi.stubEnv('IMAGE_MODEL', '')
  vi.stubEnv('FFMPEG_PATH', 'off')
  // In the region of the model, too.
  vi.stubEnv('AWS_REGION', 'us-west-2')
  vi.stubEnv('VIDEO_PROVIDER', '')
  expect(await mediaReport()).toEqual([
    { what: 'pictures', found: expect.stringContaining('IMAGE_MODEL is not set'), missing: true },
    { what: 'films', found: expect.stringContaining('motion'), missing: false },
    { what: 'ffmpeg', found: expect.stringContaining('none'), missing: true },
  ])
  vi.stubEnv('VIDEO_PROVIDER', 'bedrock')
  const [, films] = await mediaReport()
  expect(films).toMatchObject({ found: expect.stringContaining('FFMPEG_PATH'), missing: true })
})

it('finds the ffmpeg of the machine, and so do the functions', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'launch-studio-media-report-'))
  try {
    const path = join(folder, 'ffmpeg')
    await writeFile(path, '')
    await chmod(path, 0o755)
    vi.stubEnv('OPENAI_BASE_URL', '')
    vi.stubEnv('IMAGE_BASE_URL', '')
    vi.stubEnv('IMAGE_MODEL', 'some-model')
    vi.stubEnv('FFMPEG_PATH', '')
    vi.stubEnv('PATH', folder)
    const facts = {
      ...{ name: 'f', handler: 'h', codeDirectory: '/code' },
      ...{ memoryMegabytes: 128, logFormat: 'JSON' },
    }
    const none = { dynamodb: '', sqs: '', s3: '', sfn: '', eventbridge: '' }
    expect(lambdaEnvironment(facts, none).PATH).toBe(folder)
    const [pictures, , ffmpeg] = await mediaReport()
    expect(pictures).toMatchObject({
      missing: false,
      found: expect.stringContaining('some-model'),
    })
    // A layer's goes first, as on Lambda.
    expect(ffmpeg).toMatchObject({ missing: false, found: expect.stringMatching(/ffmpeg$/) })
  } finally {
    await rm(folder, { recursive: true })
  }
})
