export interface EncoderOptions {
  width: number
  height: number
  framesPerSecond: number
  /** The MP4 that is written: one H.264 track. */
  path: string
}

/** Takes frames in I420, one after the other. */
export interface FrameEncoder {
  /** The bytes may change as soon as it has resolved. */
  add(frame: Uint8Array): Promise<void>
  /** Resolves once the file is whole. */
  finish(): Promise<void>
  /** Ends at once; may be called at any time, and never rejects. */
  stop(): void
}
