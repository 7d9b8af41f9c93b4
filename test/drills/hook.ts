/**
 * Imported into every function's thread before its bundle (`EngineOptions.preload`): nothing of the
 * product knows of it. It writes down when invocations begin and end, ends those of a broken function
 * with an error that nothing catches, and sets the thread's clock ahead.
 */
import { appendFileSync, readFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import type { FromRuntime, Invocation, ToRuntime } from '../../local/functions/messages.ts'
import {
  type Control,
  controlVariable,
  drillInvocation,
  type InvocationMark,
  marksVariable,
  noFaults,
} from './control.ts'

const {
  AWS_LAMBDA_FUNCTION_NAME: name = '',
  [controlVariable]: controlFile = '',
  [marksVariable]: marksFile = '',
} = process.env
if (!parentPort) throw new Error('This file runs in a worker thread only')
const port = parentPort

/** Milliseconds for which what was read holds. */
const fresh = 20
let readAt = Number.NEGATIVE_INFINITY
let control: Control = noFaults

const currentControl = (): Control => {
  if (performance.now() - readAt > fresh) {
    readAt = performance.now()
    control = JSON.parse(readFileSync(controlFile, 'utf8'))
  }
  return control
}

const machineNow = Date.now.bind(Date)
Date.now = () => machineNow() + (currentControl().ahead[name] ?? 0)

const write = (requestId: string, mark: InvocationMark['mark']): void => {
  const entry: InvocationMark = { at: machineNow(), name, requestId, mark }
  appendFileSync(marksFile, `${JSON.stringify(entry)}\n`)
}

const send = port.postMessage.bind(port)
port.postMessage = (message: FromRuntime) => {
  if (['result', 'failure', 'end'].includes(message.type) && 'requestId' in message) {
    write(message.requestId, 'end')
  }
  send(message)
}

const isDrill = ({ event }: Invocation): boolean =>
  event.includes(`"detail-type":"${drillInvocation}"`)

/** Takes an invocation before the function does; false leaves it to the function. */
const intercept = (invocation: Invocation): boolean => {
  write(invocation.requestId, 'begin')
  if (currentControl().broken.includes(name)) {
    write(invocation.requestId, 'end')
    // Outside of every handler, as a mistake in a callback is.
    setImmediate(() => {
      throw new Error('The drill broke this function.')
    })
    return true
  }
  if (!isDrill(invocation)) return false
  const { requestId } = invocation
  const answer = (): void => {
    if (currentControl().held.includes(name)) setTimeout(answer, 2 * fresh)
    else port.postMessage({ type: 'result', requestId, payload: 'null' })
  }
  answer()
  return true
}

const listen = port.on.bind(port) as (type: string, listener: (message: ToRuntime) => void) => void
Object.assign(port, {
  on: (type: string, listener: (message: ToRuntime) => void) =>
    listen(type, (message) => {
      if (message.type !== 'invoke' || !intercept(message)) listener(message)
    }),
})
