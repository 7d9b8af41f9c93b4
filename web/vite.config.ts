import { join } from 'node:path'
import type { Plugin, UserConfig } from 'vite'

/** Where `npm run web` finds the product: the address that `npm start` prints. */
const studio = process.env.STUDIO_ORIGIN ?? 'http://127.0.0.1:8787'

/**
 * The order of the layers, before the rest of the one style sheet: it is put together out of chunks in any order, and
 * the first that names a layer would decide.
 */
const layersFirst: Plugin = {
  name: 'layers-first',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.css')) continue
        file.source = `@layer tokens, base, components, screens;${file.source}`
      }
    },
  },
}

/**
 * The console as files for any web server: two pages, and assets whose names change with their content.
 * Nothing is inlined, since the content security policy admits no inline code and no `data:` styles.
 */
export default {
  root: import.meta.dirname,
  base: '/',
  plugins: [layersFirst],
  build: {
    // What has `light-dark()`: browsers since the spring of 2024.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    outDir: join(import.meta.dirname, '..', 'dist', 'console'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // One style sheet: no part of the page jumps when it gets its own.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        index: join(import.meta.dirname, 'index.html'),
        components: join(import.meta.dirname, 'components.html'),
      },
    },
  },
  // Whatever NODE_ENV says: the development runtime writes where each element stands into the script.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/v1', '/docs', '/openapi.json', '/asyncapi.json', '/health'].map((path) => [
        path,
        { target: studio, changeOrigin: true },
      ]),
    ),
  },
} satisfies UserConfig
