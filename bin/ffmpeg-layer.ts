import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

/**
 * Builds the ZIP of a Lambda layer that brings ffmpeg, from a static build for arm64 with libx264 that lies on this
 * machine: `node bin/ffmpeg-layer.ts --ffmpeg <path> [--out cdk.out/ffmpeg-layer.zip]`. Where such a build comes
 * from is the operator's choice, and so is its licence: with libx264 it is GPL.
 *
 * Publish the ZIP, and synthesize with the layer's ARN:
 *   aws lambda publish-layer-version --layer-name ffmpeg --zip-file fileb://cdk.out/ffmpeg-layer.zip \
 *     --compatible-architectures arm64
 *   FFMPEG_LAYER_ARN=arn:aws:lambda:… npm run deploy
 */
const { values } = parseArgs({
  options: {
    ffmpeg: { type: 'string' },
    out: { type: 'string', default: join('cdk.out', 'ffmpeg-layer.zip') },
  },
})

const fail = (message: string): never => {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

const ffmpeg = values.ffmpeg ?? fail('--ffmpeg names a static build of ffmpeg for Linux on arm64.')
if (!existsSync(ffmpeg)) fail(`There is no ${ffmpeg}.`)

/** ELF, 64 bits, for AArch64: what the functions run on. */
const head = Buffer.alloc(20)
const file = openSync(ffmpeg, 'r')
readSync(file, head, 0, head.length, 0)
closeSync(file)
if (head.toString('hex', 0, 5) !== '7f454c4602' || head[18] !== 0xb7) {
  fail(`${ffmpeg} is no program for Linux on arm64, which the functions are.`)
}

const out = resolve(values.out)
const folder = `${out}.d`
rmSync(folder, { recursive: true, force: true })
rmSync(out, { force: true })
mkdirSync(join(folder, 'bin'), { recursive: true })
copyFileSync(ffmpeg, join(folder, 'bin', 'ffmpeg'))
chmodSync(join(folder, 'bin', 'ffmpeg'), 0o755)
// Lambda unpacks a layer into /opt: ffmpeg is /opt/bin/ffmpeg there.
execFileSync('zip', ['-q', '-X', '-r', out, 'bin'], { cwd: folder })
rmSync(folder, { recursive: true, force: true })
process.stdout.write(`${out}\n`)
