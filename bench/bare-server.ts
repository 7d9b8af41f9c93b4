/** The floor of the engine's own measurements as a child process: a bare HTTP server and a bare `ws` server. */
import { createServer } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'

export interface FromBareServer {
  origin: string
}

const open = new Set<WebSocket>()
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  if (request.url === '/broadcast') {
    const { frames, text } = JSON.parse(body.toString())
    for (let frame = 0; frame < frames; frame += 1) for (const socket of open) socket.send(text)
  }
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
})
new WebSocketServer({ server }).on('connection', (socket) => {
  open.add(socket)
  socket.on('close', () => open.delete(socket))
})
process.on('disconnect', () => process.exit(0))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port')
  const ready: FromBareServer = { origin: `http://127.0.0.1:${address.port}` }
  process.send?.(ready)
})
