import type { BundledFileName } from '../../rules/bundled-files.ts'
import { bundledModule } from '../bundled-file.ts'
import type { Picture } from './picture.ts'

/** A browser has it, and the codecs expect it here too. */
class Pixels implements ImageData {
  readonly colorSpace = 'srgb'
  readonly data: Uint8ClampedArray<ArrayBuffer>
  readonly width: number
  readonly height: number

  constructor(data: Uint8ClampedArray<ArrayBuffer>, width: number, height: number) {
    this.data = data
    this.width = width
    this.height = height
  }
}

const asPicture = ({ data, width, height }: ImageData): Picture => ({
  width,
  height,
  pixels: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
})

const offerPixels = (): void => {
  if (!('ImageData' in globalThis)) Object.assign(globalThis, { ImageData: Pixels })
}

const compiled = new Map<BundledFileName, Promise<WebAssembly.Module>>()

const moduleOf = (name: BundledFileName): Promise<WebAssembly.Module> => {
  const known = compiled.get(name)
  if (known !== undefined) return known
  const compiling = bundledModule(name)
  compiled.set(name, compiling)
  // A file that could not be read now may be there at the next call.
  compiling.catch(() => compiled.delete(name))
  return compiling
}

interface Decoder {
  decode(bytes: Uint8Array, preserveOrientation?: boolean): ImageData | null
}
interface Encoder {
  encode(pixels: Uint8Array, width: number, height: number, options: object): Uint8Array
}
type Factory<Exports> = (options: object) => Promise<Exports>

/** A codec that gives up throws; it neither writes to our log nor sets the exit code of our process. */
const quiet = {
  print() {},
  printErr() {},
  quit(_status: number, reason: unknown) {
    throw reason
  },
}

/**
 * A fresh instance: its memory, which never shrinks, goes with it, and what a hostile picture did to it.
 */
const instanceOf = async <Exports>(
  factory: Factory<Exports>,
  name: BundledFileName,
): Promise<Exports> => {
  offerPixels()
  const module = await moduleOf(name)
  return factory({
    ...quiet,
    noInitialRun: true,
    instantiateWasm(
      imports: WebAssembly.Imports,
      callback: (instance: WebAssembly.Instance) => void,
    ) {
      const instance = new WebAssembly.Instance(module, imports)
      callback(instance)
      return instance.exports
    },
  })
}

export const decodeJpegPixels = async (bytes: Uint8Array): Promise<Picture | undefined> => {
  const { default: factory } = await import('@jsquash/jpeg/codec/dec/mozjpeg_dec.js')
  const codec = await instanceOf<Decoder>(factory, 'jpeg-decoder.wasm')
  const decoded = codec.decode(bytes, false)
  return decoded ? asPicture(decoded) : undefined
}

/**
 * Quality of 1 to 100; below 90 with colour at half the resolution, as photographs take it. Baseline,
 * which takes half the time of progressive and is what advertising platforms ask for.
 */
export const encodeJpegPixels = async (
  picture: Picture,
  quality: number,
): Promise<Uint8Array<ArrayBuffer>> => {
  const [{ default: factory }, { defaultOptions }] = await Promise.all([
    import('@jsquash/jpeg/codec/enc/mozjpeg_enc.js'),
    import('@jsquash/jpeg/meta.js'),
  ])
  const codec = await instanceOf<Encoder>(factory, 'jpeg-encoder.wasm')
  const { pixels, width, height } = picture
  const options = { ...defaultOptions, progressive: false, quality }
  return new Uint8Array(codec.encode(pixels, width, height, options))
}

export const decodeWebpPixels = async (bytes: Uint8Array): Promise<Picture | undefined> => {
  const { default: factory } = await import('@jsquash/webp/codec/dec/webp_dec.js')
  const codec = await instanceOf<Decoder>(factory, 'webp-decoder.wasm')
  const decoded = codec.decode(bytes)
  return decoded ? asPicture(decoded) : undefined
}

const png = async () => {
  offerPixels()
  const [codec, module] = await Promise.all([
    import('@jsquash/png/codec/pkg/squoosh_png.js'),
    moduleOf('png.wasm'),
  ])
  await codec.default(module)
  return codec
}

export const decodePngPixels = async (bytes: Uint8Array): Promise<Picture> => {
  const codec = await png()
  return asPicture(codec.decode(bytes))
}

export const encodePngPixels = async ({
  pixels,
  width,
  height,
}: Picture): Promise<Uint8Array<ArrayBuffer>> => {
  const codec = await png()
  return new Uint8Array(codec.encode(pixels, width, height, 8))
}

/** In linear light with premultiplied alpha, by Lanczos: no dark seams, no halos of hidden colours. */
export const resizePixels = async (
  { pixels, width, height }: Picture,
  to: { width: number; height: number },
): Promise<Picture> => {
  offerPixels()
  const [{ default: resize, initResize }, module] = await Promise.all([
    import('@jsquash/resize'),
    moduleOf('resize.wasm'),
  ])
  await initResize(module)
  const resized = await resize(new Pixels(new Uint8ClampedArray(pixels.buffer), width, height), {
    ...to,
    method: 'lanczos3',
    fitMethod: 'stretch',
    premultiply: true,
    linearRGB: true,
  })
  return asPicture(resized)
}
