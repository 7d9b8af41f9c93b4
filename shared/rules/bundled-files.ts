/** A file that code reads besides its own: WebAssembly of a package, a font. */
export interface BundledFile {
  /** A package's file as `import` names it, or a path from the folder `shared` when it starts with `./`. */
  from: string
  /** Part of the path of the source file that reads it: a bundle with that source has the file. */
  readBy: string
  /**
   * Also beside the code that reads it: for a package that looks there by itself. Others lie in
   * `assets/` alone, for `platform/bundled-file.ts`.
   */
  besideCode?: true
}

const ofPackage = (from: string, readBy: string): BundledFile => ({ from, readBy })
const font = (name: string): BundledFile => ({
  from: `./platform/lettering/fonts/${name}`,
  readBy: 'shared/platform/lettering/fonts.ts',
})

/** An export that has pictures and a report in the fonts has their licences. */
const fontLicence = (name: string): BundledFile => ({
  from: `./platform/lettering/fonts/${name}`,
  readBy: 'shared/services/export/licences.ts',
})

/** By the name under which each lies in `assets/`. */
export const bundledFiles = {
  'resvg.wasm': ofPackage('@resvg/resvg-wasm/index_bg.wasm', '@resvg/resvg-wasm/'),
  'harfbuzz.wasm': {
    ...ofPackage('harfbuzzjs/dist/harfbuzz.wasm', 'harfbuzzjs/'),
    besideCode: true,
  },
  'jpeg-decoder.wasm': ofPackage(
    '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
    '@jsquash/jpeg/codec/dec/',
  ),
  'jpeg-encoder.wasm': ofPackage(
    '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm',
    '@jsquash/jpeg/codec/enc/',
  ),
  'png.wasm': ofPackage('@jsquash/png/codec/pkg/squoosh_png_bg.wasm', '@jsquash/png/codec/'),
  'webp-decoder.wasm': ofPackage(
    '@jsquash/webp/codec/dec/webp_dec.wasm',
    '@jsquash/webp/codec/dec/',
  ),
  'resize.wasm': ofPackage(
    '@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm',
    '@jsquash/resize/lib/resize/',
  ),
  'c2pa.wasm': ofPackage('@contentauth/c2pa-wasm/c2pa.wasm', '@contentauth/c2pa-wasm/'),
  'heif.wasm': ofPackage('libheif-js/libheif-wasm/libheif.wasm', 'libheif-js/'),
  'Pretendard-Regular.otf': font('Pretendard-Regular.otf'),
  'Pretendard-Bold.otf': font('Pretendard-Bold.otf'),
  'NotoEmoji-Bold.ttf': font('NotoEmoji-Bold.ttf'),
  'Pretendard-LICENSE.txt': fontLicence('Pretendard-LICENSE.txt'),
  'NotoEmoji-LICENSE.txt': fontLicence('NotoEmoji-LICENSE.txt'),
} as const satisfies Readonly<Record<string, BundledFile>>

export type BundledFileName = keyof typeof bundledFiles
