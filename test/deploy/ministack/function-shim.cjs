/**
 * Loaded into every deployed function by NODE_OPTIONS: what AWS's Node runtime has and MiniStack's has
 * not. A stream is collected, and answered as a whole when its handler has ended it.
 */
const { Writable } = require('node:stream')

const collected = () => {
  const chunks = []
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(Buffer.from(chunk))
      done()
    },
  })
  return { stream, bytes: () => Buffer.concat(chunks) }
}

/**
 * What the emulator takes for a streamed answer: its head, eight zeros, its body. The answer goes through
 * JSON, so that only text survives it, and the suite reads nothing else by the function URL.
 */
const framed = (head, body) => `${JSON.stringify(head)}${'\0'.repeat(8)}${body}`

globalThis.awslambda ??= {}
globalThis.awslambda.streamifyResponse ??= (handler) => async (event, context) => {
  const { stream, bytes } = collected()
  await handler(event, stream, context)
  return framed(stream.head ?? { statusCode: 200 }, bytes().toString('utf8'))
}
globalThis.awslambda.HttpResponseStream ??= {
  from: (stream, head) => Object.assign(stream, { head }),
}
