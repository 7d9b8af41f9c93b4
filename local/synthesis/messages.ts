/** What the engine asks of the process that synthesizes. */
export interface SynthesisRequest {
  /** Folder of the cloud assembly. */
  outdir: string
  /** Folder of the functions' bundles. */
  bundleDirectory: string
  /** Folder of the built console. */
  consoleDirectory: string
}

export type SynthesisAnswer =
  | { template: unknown }
  | { error: { name: string; message: string; stack: string | undefined } }
