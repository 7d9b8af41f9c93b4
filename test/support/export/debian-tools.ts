import { execFile } from 'node:child_process'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Programs that judge files here, with the Debian packages that they come in. */
const packages = {
  ffmpeg: 'ffmpeg',
  ffprobe: 'ffmpeg',
  pdftoppm: 'poppler-utils',
  pdftotext: 'poppler-utils',
  python3: 'python3',
  sha256sum: 'coreutils',
  unzip: 'unzip',
} as const
export type Tool = keyof typeof packages

/**
 * What a program wrote.
 * @throws Error that names the Debian package of one that is missing, or has what the program said
 */
export const tool = async (
  name: Tool,
  args: readonly string[],
  options: { cwd?: string } = {},
): Promise<{ stdout: string; stderr: string }> => {
  // Names in archives are UTF-8, which these programs take from the locale.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' }
  try {
    return await run(name, [...args], { ...options, env, maxBuffer: 64_000_000 })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Error(`${name} is missing: apt-get install ${packages[name]}`, { cause: error })
    }
    throw error
  }
}

/** Unpacks an archive with Info-ZIP's unzip, after its own test, into an empty folder. */
export const unzipInto = async (zip: string, folder: string): Promise<string[]> => {
  await tool('unzip', ['-tq', zip])
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await tool('unzip', ['-q', zip, '-d', folder])
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

/** Rows of a CSV as Python reads them, its byte order mark taken off. */
export const rowsOf = async (path: string): Promise<string[][]> => {
  const script =
    'import csv,json,sys; print(json.dumps(list(csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline=""), strict=True))))'
  return JSON.parse((await tool('python3', ['-c', script, path])).stdout)
}

/** Text of a PDF by poppler, without its line breaks, which are the layout's. */
export const pdfText = async (path: string): Promise<string> =>
  (await tool('pdftotext', ['-enc', 'UTF-8', path, '-'])).stdout

/** Writes each page of a PDF as a PNG; they begin with `prefix`. */
export const drawPages = async (path: string, prefix: string): Promise<void> => {
  const { stderr } = await tool('pdftoppm', ['-png', '-r', '70', path, prefix])
  if (stderr.trim() !== '') throw new Error(`pdftoppm says of ${path}: ${stderr}`)
}

/** Width and height of the first picture in a file, as ffprobe reads it. */
export const pictureSize = async (path: string): Promise<[width: number, height: number]> => {
  const entries = ['-select_streams', 'v:0', '-show_entries', 'stream=width,height']
  const { stdout } = await tool('ffprobe', ['-v', 'error', ...entries, '-of', 'csv=p=0', path])
  const [width, height] = stdout.trim().split(',').map(Number)
  return [width ?? 0, height ?? 0]
}

/**
 * The name that a Content-Disposition gives a file, as Python's standard library reads it (RFC 2231): the extended
 * one, which it lists behind the plain one.
 */
export const downloadName = async (disposition: string): Promise<string> => {
  const script = [
    'import email, email.utils, json, sys',
    'message = email.message_from_string("Content-Disposition: " + sys.argv[1])',
    'names = [value for key, value in message.get_params(header="content-disposition") if key == "filename"]',
    'print(json.dumps(email.utils.collapse_rfc2231_value(names[-1])))',
  ].join('\n')
  return JSON.parse((await tool('python3', ['-c', script, disposition])).stdout)
}
