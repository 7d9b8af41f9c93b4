import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

/**
 * Builds the ZIP of a Lambda layer that brings ffmpeg, from a static build for Linux on arm64 with libx264, of version
 * 5.1 or later, that lies on this machine:
 *   node bin/ffmpeg-layer.ts --ffmpeg <path> [--sha256 <digest>] [--out cdk.out/ffmpeg-layer.zip]
 *
 * Where such a build comes from is the operator's choice, and so is its licence: with libx264 it is GPL, which asks for
 * its source when the layer is passed on. Tried with ffmpeg 7.0.2 as PyPI's package imageio-ffmpeg 0.7.0 brings it
 * (`pip download imageio-ffmpeg --platform manylinux2014_aarch64 --only-binary=:all: --no-deps`, unzipped): 51 MB, a
 * layer of 26 MB, up to the ZIP. It was published to no account.
 *
 * Publish the ZIP, and synthesize with the layer's ARN:
 *   aws lambda publish-layer-version --layer-name ffmpeg --zip-file fileb://cdk.out/ffmpeg-layer.zip \
 *     --compatible-architectures arm64
 *   FFMPEG_LAYER_ARN=arn:aws:lambda:… npm run deploy
 */
const { values } = parseArgs({
  options: {
    ffmpeg: { type: 'string' },
    sha256: { type: 'string' },
    out: { type: 'string', default: join('cdk.out', 'ffmpeg-layer.zip') },
  },
})

const fail = (message: string): never => {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

const ffmpeg = values.ffmpeg ?? fail('--ffmpeg names a static build of ffmpeg for Linux on arm64.')
if (!existsSync(ffmpeg)) fail(`There is no ${ffmpeg}.`)
const program = readFileSync(ffmpeg)

/** ELF, 64 bits, for AArch64: what the functions run on. */
if (program.toString('hex', 0, 5) !== '7f454c4602' || program[18] !== 0xb7) {
  fail(`${ffmpeg} is no program for Linux on arm64, which the functions are.`)
}

/** Program headers of the type PT_INTERP name a loader, and so libraries that a function has not. */
const isDynamic = (): boolean => {
  const table = Number(program.readBigUInt64LE(32))
  const [size, count] = [program.readUInt16LE(54), program.readUInt16LE(56)]
  const types = Array.from({ length: count }, (_, at) => program.readUInt32LE(table + at * size))
  return types.includes(3)
}
if (isDynamic())
  fail(`${ffmpeg} needs libraries of its machine: only a static build runs in Lambda.`)
if (!program.includes('--enable-libx264')) fail(`${ffmpeg} was built without libx264.`)
if (!program.includes('fps_mode')) fail(`${ffmpeg} is older than ffmpeg 5.1.`)

/** Lambda unpacks 250 MB of layers and function together: the rest is for the function. */
const mostBytes = 150_000_000
if (program.length > mostBytes) fail(`${ffmpeg} has ${program.length} bytes of ${mostBytes}.`)

const sha256 = createHash('sha256').update(program).digest('hex')
if (values.sha256 !== undefined && values.sha256.toLowerCase() !== sha256) {
  fail(`${ffmpeg} has the digest ${sha256}.`)
}

const out = resolve(values.out)
const folder = `${out}.d`
rmSync(folder, { recursive: true, force: true })
rmSync(out, { force: true })
mkdirSync(join(folder, 'bin'), { recursive: true })
copyFileSync(ffmpeg, join(folder, 'bin', 'ffmpeg'))
chmodSync(join(folder, 'bin', 'ffmpeg'), 0o755)
// Lambda unpacks a layer into /opt: ffmpeg is /opt/bin/ffmpeg there.
try {
  execFileSync('zip', ['-q', '-X', '-r', out, 'bin'], { cwd: folder })
} catch (error) {
  fail(`The ZIP could not be written: ${error instanceof Error ? error.message : error}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.stdout.write(`${out}\nsha256 of ffmpeg: ${sha256}\n`)
