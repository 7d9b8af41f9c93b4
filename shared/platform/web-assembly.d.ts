/** What Node has of WebAssembly and its types do not declare: the library `dom` would bring a browser along. */
declare namespace WebAssembly {
  type Imports = Record<string, Record<string, unknown>>
  class Instance {
    constructor(module: Module, imports: Imports)
    readonly exports: Record<string, unknown>
  }
  const compile: (bytes: ArrayBuffer | ArrayBufferView) => Promise<Module>
}

/** Pixels as codecs of browsers pass them. */
interface ImageData {
  readonly data: Uint8ClampedArray<ArrayBuffer>
  readonly width: number
  readonly height: number
}
