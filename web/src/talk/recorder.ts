import { signal } from '@preact/signals'
import { whenTurned } from '../session/conversation.ts'
import {
  heardLevel,
  levelOf,
  longestSeconds,
  quietSeconds,
  type RecordingState,
  recordedType,
  shortestSeconds,
  troubleOf,
} from './recording.ts'

export const recording = signal<RecordingState>({ at: 'rest' })
/** Seconds that are recorded. */
export const recordedFor = signal(0)
/** Nothing was heard for a while. */
export const isQuiet = signal(false)

export interface Recorded {
  recording: Blob
  seconds: number
}

interface Taking {
  recorder: MediaRecorder
  analyser: AnalyserNode
  startedAt: number
  lastHeardAt: number
  /** Everything that was recorded, when it has ended. */
  ended: Promise<Recorded>
  close: () => void
}

let taking: Taking | undefined
/** Each start, so that one that was cancelled while the browser asked can tell. */
let starts = 0

const now = (): number => performance.now() / 1000

/** The level of this moment, 0 to 1. */
export const levelNow = (): number => {
  if (!taking || recording.peek().at !== 'recording') return 0
  const samples = new Float32Array(taking.analyser.fftSize)
  taking.analyser.getFloatTimeDomainData(samples)
  const level = levelOf(samples)
  if (level >= heardLevel) taking.lastHeardAt = now()
  return level
}

const take = (stream: MediaStream): Taking => {
  const mimeType = recordedType((type) => MediaRecorder.isTypeSupported(type))
  const recorder = new MediaRecorder(stream, {
    audioBitsPerSecond: 48_000,
    ...(mimeType !== undefined && { mimeType }),
  })
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 1024
  context.createMediaStreamSource(stream).connect(analyser)
  const parts: Blob[] = []
  const startedAt = now()
  const ended = new Promise<Recorded>((resolve) => {
    recorder.ondataavailable = ({ data }) => void parts.push(data)
    recorder.onstop = () =>
      resolve({
        recording: new Blob(parts, { type: recorder.mimeType }),
        seconds: Math.min(now() - startedAt, longestSeconds),
      })
  })
  const ticking = setInterval(tick, 200)
  const close = (): void => {
    clearInterval(ticking)
    if (recorder.state !== 'inactive') recorder.stop()
    for (const track of stream.getTracks()) track.stop()
    // A recording that was held is closed already.
    if (context.state !== 'closed') void context.close()
  }
  // The microphone was pulled out, or the browser took it back: what was said stays.
  for (const track of stream.getTracks()) track.onended = () => hold()
  recorder.start(1000)
  return { recorder, analyser, startedAt, lastHeardAt: startedAt, ended, close }
}

/** Ends the recording and keeps it. */
const hold = (): void => {
  if (!taking || recording.peek().at !== 'recording') return
  taking.close()
  recording.value = { at: 'full' }
}

const tick = (): void => {
  if (!taking || recording.peek().at !== 'recording') return
  const at = now()
  recordedFor.value = at - taking.startedAt
  isQuiet.value = at - taking.lastHeardAt > quietSeconds
  if (recordedFor.value >= longestSeconds) hold()
}

/** Begins to record; what prevents it is in `recording`. */
export const startRecording = async (): Promise<void> => {
  if (recording.peek().at === 'asking' || taking) return
  // `mediaDevices` is missing where a page is not served securely.
  if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === 'undefined') {
    recording.value = { at: 'trouble', trouble: 'unsupported' }
    return
  }
  starts += 1
  const mine = starts
  recording.value = { at: 'asking' }
  recordedFor.value = 0
  isQuiet.value = false
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    })
    if (mine !== starts) {
      for (const track of stream.getTracks()) track.stop()
      return
    }
    taking = take(stream)
    recording.value = { at: 'recording' }
  } catch (error) {
    if (mine === starts) recording.value = { at: 'trouble', trouble: troubleOf(error) }
  }
}

/** Ends it without keeping anything; also puts a trouble away. */
export const cancelRecording = (): void => {
  starts += 1
  taking?.close()
  taking = undefined
  recording.value = { at: 'rest' }
}

// What is said is said to the conversation in which it began.
whenTurned(cancelRecording)

/** Ends it; undefined of one that is too short to say anything. */
export const finishRecording = async (): Promise<Recorded | undefined> => {
  const finished = taking
  if (!finished) return undefined
  const seconds = now() - finished.startedAt
  taking = undefined
  finished.close()
  if (seconds < shortestSeconds) {
    recording.value = { at: 'trouble', trouble: 'too-short' }
    return undefined
  }
  recording.value = { at: 'rest' }
  return finished.ended
}
