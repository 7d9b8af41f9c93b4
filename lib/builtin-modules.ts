import type { Plugin } from 'esbuild'

/**
 * An import reads every export of a module of Node. Those of `http` include WebSocket, whose getter loads all
 * that `fetch` is made of, as much work as a small function's whole start. A module that is asked for through
 * `process` is read as it is used.
 */
export const builtinModules: Plugin = {
  name: 'modules of Node that are read as they are used',
  setup(build) {
    build.onResolve({ filter: /^(?:node:)?https?$/ }, ({ path }) => ({
      path: path.replace('node:', ''),
      namespace: 'builtin',
    }))
    build.onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('node:${path}')`,
    }))
  },
}
