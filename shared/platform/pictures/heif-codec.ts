import { bundledFile } from '../bundled-file.ts'
import type { Picture } from './picture.ts'

/** Part of libheif's interface as Emscripten binds it; enumerated values compare by identity. */
interface Heif {
  heif_context_alloc(): unknown
  heif_context_read_from_memory(context: unknown, bytes: Uint8Array): { code: unknown }
  heif_js_context_get_primary_image_handle(context: unknown): object & { code?: unknown }
  heif_js_decode_image2(
    handle: unknown,
    colorspace: unknown,
    chroma: unknown,
  ): { code?: unknown; channels: Channel[] } | Promise<{ code?: unknown; channels: Channel[] }>
  heif_error_code: { heif_error_Ok: unknown }
  heif_colorspace: { heif_colorspace_RGB: unknown }
  heif_chroma: { heif_chroma_interleaved_RGBA: unknown }
  heif_channel: { heif_channel_interleaved: unknown }
}

interface Channel {
  id: unknown
  width: number
  height: number
  /** Bytes from one row to the next. */
  stride: number
  data: Uint8Array
}

/** A fresh instance, whose memory goes with it; silent, and without a say in our exit code. */
const heif = async (): Promise<Heif> => {
  const [{ default: factory }, wasmBinary] = await Promise.all([
    // Its types describe another way of loading it.
    import('libheif-js/libheif-wasm/libheif.js') as Promise<unknown> as Promise<{
      default: (options: object) => Promise<Heif> | Heif
    }>,
    bundledFile('heif.wasm'),
  ])
  return factory({
    wasmBinary,
    print() {},
    printErr() {},
    quit(_status: number, reason: unknown) {
      throw reason
    },
  })
}

/**
 * The primary picture of a HEIC, turned and cropped as it says; undefined when there is none. The
 * package's own classes would print what they do not like.
 */
export const decodeHeifPixels = async (bytes: Uint8Array): Promise<Picture | undefined> => {
  const library = await heif()
  const context = library.heif_context_alloc()
  const read = library.heif_context_read_from_memory(context, bytes)
  if (read.code !== library.heif_error_code.heif_error_Ok) return undefined
  const handle = library.heif_js_context_get_primary_image_handle(context)
  if (!handle || handle.code !== undefined) return undefined
  const decoded = await library.heif_js_decode_image2(
    handle,
    library.heif_colorspace.heif_colorspace_RGB,
    library.heif_chroma.heif_chroma_interleaved_RGBA,
  )
  const channel = decoded.channels?.find(
    ({ id }) => id === library.heif_channel.heif_channel_interleaved,
  )
  return channel && rowsOf(channel)
}

const rowsOf = ({ width, height, stride, data }: Channel): Picture => {
  const pixels = new Uint8Array(width * height * 4)
  for (let row = 0; row < height; row += 1) {
    pixels.set(data.subarray(row * stride, row * stride + width * 4), row * width * 4)
  }
  return { width, height, pixels }
}
