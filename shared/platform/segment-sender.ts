import { createSocket } from 'node:dgram'

/** The daemon reads it before each document. */
const protocolHeader = '{"format":"json","version":1}\n'

/** Milliseconds that an invocation waits at most for the operating system to take its spans. */
const flushMs = 100

/** Hands documents to the daemon at `host:port`, which sends them on: over UDP, without an answer. */
export const createSegmentSender = (address: string) => {
  const separator = address.lastIndexOf(':')
  const host = address.slice(0, separator)
  const port = Number(address.slice(separator + 1))
  const socket = createSocket('udp4')
  // It keeps no process alive, and a daemon that is gone is no failure of ours.
  socket.unref()
  socket.on('error', () => {})
  const sending = new Set<Promise<void>>()
  return {
    send(document: object): void {
      const sent = new Promise<void>((resolve) => {
        socket.send(`${protocolHeader}${JSON.stringify(document)}`, port, host, () => resolve())
      })
      sending.add(sent)
      void sent.then(
        () => sending.delete(sent),
        () => sending.delete(sent),
      )
    },
    /** Resolves when all is on its way; never rejects. */
    async flush(): Promise<void> {
      if (sending.size === 0) return
      const { promise: late, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, flushMs)
      await Promise.race([Promise.allSettled(sending), late])
      clearTimeout(timer)
    },
  }
}
