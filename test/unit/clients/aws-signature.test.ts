import { Sha256 } from '@smithy/core/checksum'
import { SignatureV4 } from '@smithy/signature-v4'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { signedHeaders } from '../../../shared/clients/aws-signature.ts'

const word = fc.stringMatching(/^[A-Za-z0-9/+=]{1,40}$/)
// A path of ours has no relative parts, which the SDK's signer would resolve.
const segment = fc
  .stringMatching(/^[A-Za-z0-9@=_.~!*'()-]{1,20}$/)
  .filter((each) => !/^\.+$/.test(each))

it('a request is signed as the SDK’s own signer signs it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        service: fc.constantFrom('dynamodb', 'execute-api'),
        region: fc.constantFrom('ap-northeast-2', 'eu-west-1'),
        secretAccessKey: word,
        sessionToken: fc.option(word, { nil: undefined }),
        method: fc.constantFrom('POST', 'DELETE'),
        segments: fc.array(segment, { maxLength: 3 }),
        body: fc.string({ unit: 'grapheme' }),
        now: fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }),
      }),
      async ({ service, region, secretAccessKey, sessionToken, method, segments, body, now }) => {
        const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey, sessionToken }
        const path = `/${segments.map(encodeURIComponent).join('/')}`
        const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'A.B' }
        const signer = new SignatureV4({
          service,
          region,
          credentials: {
            accessKeyId: 'AKIDEXAMPLE',
            secretAccessKey,
            ...(sessionToken === undefined ? {} : { sessionToken }),
          },
          sha256: Sha256,
          applyChecksum: false,
        })
        const theirs = await signer.sign(
          {
            method,
            protocol: 'https:',
            hostname: 'host',
            path,
            headers: { ...headers, host: 'host' },
            body,
          },
          { signingDate: new Date(now) },
        )
        const parts = { service, region, credentials, method, host: 'host', path, headers, body }
        expect(signedHeaders({ ...parts, now })).toEqual(theirs.headers)
      },
    ),
    { seed: 15, numRuns: 200 },
  )
})
