import { bundledModule } from '../bundled-file.ts'
import type { Picture } from '../pictures/picture.ts'

type Resvg = typeof import('@resvg/resvg-wasm')

let loaded: Promise<Resvg> | undefined

const resvg = (): Promise<Resvg> => {
  loaded ??= load()
  loaded.catch(() => {
    loaded = undefined
  })
  return loaded
}

const load = async (): Promise<Resvg> => {
  const [library, module] = await Promise.all([
    import('@resvg/resvg-wasm'),
    bundledModule('resvg.wasm'),
  ])
  // The library is one for the process; another copy of this file may have begun it.
  await library.initWasm(module).catch((error: unknown) => {
    if (!/already initialized/i.test(String(error))) throw error
  })
  return library
}

/**
 * Draws shapes on transparent ground, at the size that the document states. Texts have to be paths: no
 * font is known here. Rejects for a document that is no SVG.
 */
export const drawSvg = async (svg: string): Promise<Picture> => {
  const library = await resvg()
  const drawing = new library.Resvg(svg, { font: { fontBuffers: [] } })
  try {
    const image = drawing.render()
    try {
      const pixels = new Uint8Array(image.pixels)
      straighten(pixels)
      return { width: image.width, height: image.height, pixels }
    } finally {
      image.free()
    }
  } finally {
    drawing.free()
  }
}

/** The renderer multiplies colours by their alpha. */
const straighten = (pixels: Uint8Array): void => {
  for (let at = 3; at < pixels.length; at += 4) {
    const alpha = pixels[at] ?? 0
    if (alpha === 0 || alpha === 255) continue
    for (let channel = at - 3; channel < at; channel += 1) {
      pixels[channel] = Math.min(255, Math.round(((pixels[channel] ?? 0) * 255) / alpha))
    }
  }
}
