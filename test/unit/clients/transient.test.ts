import { expect, it } from 'vitest'
import { isTransient } from '../../../shared/clients/aws-errors.ts'

const failure = (name: string, more: object = {}) => Object.assign(new Error(name), { name }, more)

it.each([
  ['a connection that breaks', failure('TimeoutError', { code: 'ECONNRESET' })],
  ['a connection that is refused', failure('Error', { code: 'ECONNREFUSED' })],
  [
    'one whose reason is a cause',
    new Error('fetch failed', { cause: failure('', { code: 'UND_ERR_SOCKET' }) }),
  ],
  ['a name that is not resolved', failure('Error', { code: 'EAI_AGAIN' })],
  ["a server's own error", failure('InternalFailure', { $metadata: { httpStatusCode: 503 } })],
  ['throttling', failure('ThrottlingException', { $metadata: { httpStatusCode: 400 } })],
  [
    'a transaction that met others too often',
    failure('TransactionCanceledException', {
      CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
    }),
  ],
])('%s passes', (_, error) => expect(isTransient(error)).toBe(true))

it.each([
  ['a mistake of ours', new TypeError('undefined is not a function')],
  [
    "a mistake that has one of Node's codes",
    failure('TypeError', { code: 'ERR_INVALID_ARG_TYPE' }),
  ],
  [
    'an item that is too large',
    failure('ValidationException', { $metadata: { httpStatusCode: 400 } }),
  ],
  ['half a character', failure('SerializationException', { $metadata: { httpStatusCode: 400 } })],
  [
    'a transaction with an item that is too large',
    failure('TransactionCanceledException', { CancellationReasons: [{ Code: 'ValidationError' }] }),
  ],
  ['what is no error at all', 'no'],
])('%s does not pass', (_, error) => expect(isTransient(error)).toBe(false))
