import { type EventType, eventData, StudioEvent } from '../../shared/contracts/events.ts'
import type { Route } from '../../shared/contracts/http/route.ts'
import { routes } from '../../shared/contracts/http.ts'
import {
  ClientFrame,
  EventsFrame,
  frameForms,
  PongFrame,
  RejectedFrame,
  ReplayFrame,
} from '../../shared/contracts/socket.ts'
import type { AsyncApi, AsyncMessage, AsyncOperation, Channel } from './asyncapi-types.ts'
import type { ExampleBook } from './examples.ts'
import { introductionMarkdown } from './introduction.ts'
import { version } from './openapi.ts'
import { clientFrameName, eventName, openSchemaBook, type SchemaBook } from './schemas.ts'

const eventTypes = Object.keys(eventData) as EventType[]
const clientActions = ClientFrame.options.map((frame) => frame.shape.action.value)
const serverFrames = { EventsFrame, ReplayFrame, RejectedFrame, PongFrame }

/** The frame that answers an action; the other actions are answered by the events they cause. */
const replies: Partial<Record<(typeof clientActions)[number], keyof typeof serverFrames>> = {
  resume: 'ReplayFrame',
  ping: 'PongFrame',
}

const message = (
  book: SchemaBook,
  name: string,
  title: string,
  example: object | undefined,
): AsyncMessage => {
  const summary = book.components()[name]?.description
  return {
    name,
    title,
    ...(summary === undefined ? {} : { summary }),
    payload: { $ref: `#/components/schemas/${name}` },
    ...(example === undefined ? {} : { examples: [{ name: 'recorded', payload: example }] }),
  }
}

const messagesOf = (book: SchemaBook, { events, sent, received }: ExampleBook) => [
  ...eventTypes.map((type) => message(book, eventName(type), type, events[type])),
  ...clientActions.map((action) => message(book, clientFrameName(action), action, sent[action])),
  ...Object.entries(serverFrames).map(([name, frame]) => {
    const type = frame.shape.type.value
    return message(book, name, type, received[type])
  }),
]

const carried = (names: readonly string[]): Channel['messages'] =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }]))

const streams = Object.entries<Route>(routes).filter(([, { speaks }]) => speaks.endsWith('events'))

const streamChannel = ({ path, summary }: Route): Channel => {
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  return {
    address: path,
    title: path,
    description: `${summary}.`,
    servers: [{ $ref: '#/servers/http' }],
    parameters: Object.fromEntries(
      parameters.map((name) => [name, { description: `The \`${name}\` that it is about.` }]),
    ),
    messages: carried(eventTypes.map(eventName)),
    bindings: { http: { bindingVersion: '0.3.0' } },
  }
}

const socketChannel: Channel = {
  address: '/',
  title: 'The socket',
  description:
    'Open it within a minute with the one-time ticket of `POST …/ticket`. Events of the session arrive as they happen; after a gap, or at the beginning, `resume` asks for what you have not seen. Each event comes in a frame of its own; with `frames=events`, those that wait for the socket come together, as `events`.',
  servers: [{ $ref: '#/servers/socket' }],
  messages: carried([
    ...clientActions.map(clientFrameName),
    ...Object.keys(serverFrames),
    ...eventTypes.map(eventName),
  ]),
  bindings: {
    ws: {
      query: {
        type: 'object',
        properties: {
          ticket: { type: 'string', description: 'The ticket, good once.' },
          frames: {
            type: 'string',
            enum: frameForms,
            default: 'event',
            description:
              'Whether each event comes in a frame of its own, or several may come in one. Any other value is refused with 422, and the ticket stays good.',
          },
        },
        required: ['ticket'],
      },
      bindingVersion: '0.1.0',
    },
  },
}

const on = (channel: string) => ({
  channel: { $ref: `#/channels/${channel}` },
  messages: (names: readonly string[]) =>
    names.map((name) => ({ $ref: `#/channels/${channel}/messages/${name}` })),
})

const operationsOf = (book: SchemaBook): Record<string, AsyncOperation> => {
  const socket = on('socket')
  const taken = clientActions.map((action): [string, AsyncOperation] => {
    const name = clientFrameName(action)
    const reply = replies[action]
    const summary = book.components()[name]?.description ?? `Takes a frame \`${action}\`.`
    return [
      `take${name}`,
      {
        action: 'receive',
        title: action,
        summary,
        channel: socket.channel,
        messages: socket.messages([name]),
        ...(reply === undefined
          ? {}
          : { reply: { channel: socket.channel, messages: socket.messages([reply]) } }),
      },
    ]
  })
  const sent = streams.map(([name, { summary }]): [string, AsyncOperation] => {
    const stream = on(name)
    return [
      name,
      {
        action: 'send',
        title: name,
        summary,
        channel: stream.channel,
        messages: stream.messages(eventTypes.map(eventName)),
      },
    ]
  })
  return {
    ...Object.fromEntries(taken),
    pushEvents: {
      action: 'send',
      title: 'events',
      summary: 'Pushes each event of the log as it is written.',
      channel: socket.channel,
      messages: socket.messages([...eventTypes.map(eventName), 'EventsFrame']),
    },
    refuseFrame: {
      action: 'send',
      title: 'rejected',
      summary: 'Tells why a frame was not taken.',
      channel: socket.channel,
      messages: socket.messages(['RejectedFrame']),
    },
    ...Object.fromEntries(sent),
  }
}

/** The socket and the event streams of the contracts as an AsyncAPI 3 document. */
export const buildAsyncApi = (examples: ExampleBook): AsyncApi => {
  const book = openSchemaBook()
  book.answered(StudioEvent)
  book.sent(ClientFrame)
  for (const frame of Object.values(serverFrames)) book.answered(frame)
  return {
    asyncapi: '3.0.0',
    info: { title: 'Launch Studio', version, description: introductionMarkdown },
    defaultContentType: 'application/json',
    servers: {
      socket: {
        host: '{host}',
        pathname: '/{stage}',
        protocol: 'wss',
        description: 'The address that comes with a ticket, as `socket_url`.',
        variables: {
          host: { default: 'localhost', description: 'The host of `socket_url`.' },
          stage: { default: 'dev', description: 'The name of the deployment.' },
        },
        security: [{ $ref: '#/components/securitySchemes/ticket' }],
      },
      http: {
        host: '{host}',
        protocol: 'https',
        description: 'The origin that this document came from.',
        variables: { host: { default: 'localhost', description: 'Its host.' } },
        security: [{ $ref: '#/components/securitySchemes/bearer' }],
      },
    },
    channels: {
      socket: socketChannel,
      ...Object.fromEntries(streams.map(([name, route]) => [name, streamChannel(route)])),
    },
    operations: operationsOf(book),
    components: {
      messages: Object.fromEntries(messagesOf(book, examples).map((entry) => [entry.name, entry])),
      securitySchemes: {
        ticket: {
          type: 'httpApiKey',
          in: 'query',
          name: 'ticket',
          description: 'One use, within a minute, from `POST …/ticket`.',
        },
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'The token that `POST /api/chat/session` gave you.',
        },
      },
      schemas: book.components(),
    },
  }
}
