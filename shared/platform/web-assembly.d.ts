/** What Node has of WebAssembly and its types do not declare: the library `dom` would bring a browser along. */
declare namespace WebAssembly {
  const compile: (bytes: ArrayBuffer | ArrayBufferView) => Promise<Module>
}
