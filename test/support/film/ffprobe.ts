import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import * as z from 'zod'

const run = promisify(execFile)

const Probe = z.object({
  streams: z.array(
    z.object({
      codec_type: z.string(),
      codec_name: z.string().optional(),
      width: z.number().optional(),
      height: z.number().optional(),
      pix_fmt: z.string().optional(),
      r_frame_rate: z.string(),
      duration: z.coerce.number(),
    }),
  ),
  format: z.object({ duration: z.coerce.number() }),
})

const missing = (error: unknown): never => {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
    throw new Error('ffprobe is missing: install ffmpeg, whose readers judge finished films here.')
  }
  throw error
}

/** What ffprobe says of a file. Rejects with what is missing where there is none. */
export const probe = async (path: string): Promise<z.infer<typeof Probe>> => {
  const args = ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', path]
  const { stdout } = await run('ffprobe', args).catch(missing)
  return Probe.parse(JSON.parse(stdout))
}

/** What ffmpeg complains of while it decodes all of a file; empty of a good one. */
export const complaints = async (path: string): Promise<string> => {
  const { stderr } = await run('ffmpeg', ['-v', 'warning', '-i', path, '-f', 'null', '-']).catch(
    missing,
  )
  // Captions are no track that it decodes.
  return stderr.replace(/^.*(?:wvtt|Unsupported codec|codec none).*$/gim, '').trim()
}

/** Writes one picture of a film as a PNG. */
export const writeFrame = async (path: string, seconds: number, to: string): Promise<void> => {
  const args = ['-v', 'error', '-y', '-ss', String(seconds), '-i', path, '-frames:v', '1', to]
  await run('ffmpeg', args).catch(missing)
}
