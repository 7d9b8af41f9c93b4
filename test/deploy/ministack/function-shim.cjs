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

const isText = (headers = {}) =>
  /^(?:text\/|application\/(?:[\w.-]+\+)?json)/.test(headers['content-type'] ?? '')

globalThis.awslambda ??= {}
globalThis.awslambda.streamifyResponse ??= (handler) => async (event, context) => {
  const { stream, bytes } = collected()
  await handler(event, stream, context)
  const head = stream.head ?? { statusCode: 200 }
  const isBase64Encoded = !isText(head.headers)
  return { ...head, body: bytes().toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded }
}
globalThis.awslambda.HttpResponseStream ??= {
  from: (stream, head) => Object.assign(stream, { head }),
}
