import { createPrivateKey, type KeyObject, sign, X509Certificate } from 'node:crypto'

/** Signs the claims of content credentials. */
export interface CredentialSigner {
  /** Bytes of each signature, which is padded to them. */
  reserve: number
  sign(claim: Uint8Array): Uint8Array<ArrayBuffer>
}

const major = { number: 0, negative: 1, bytes: 2, text: 3, list: 4, map: 5 } as const

/** The head of a CBOR item (RFC 8949, section 3). */
const head = (type: keyof typeof major, length: number): Buffer => {
  const first = major[type] << 5
  if (length < 24) return Buffer.from([first | length])
  if (length < 0x100) return Buffer.from([first | 24, length])
  const long = Buffer.alloc(length < 0x10000 ? 3 : 5)
  long[0] = first | (length < 0x10000 ? 25 : 26)
  if (length < 0x10000) long.writeUInt16BE(length, 1)
  else long.writeUInt32BE(length, 1)
  return long
}

const bytesItem = (bytes: Uint8Array): Buffer => Buffer.concat([head('bytes', bytes.length), bytes])
const textItem = (text: string): Buffer =>
  Buffer.concat([head('text', Buffer.byteLength(text)), Buffer.from(text)])

/** ES256, and the certificates (RFC 9053 and RFC 9360). */
const protectedHeader = (certificates: readonly Buffer[]): Buffer =>
  Buffer.concat([
    ...[head('map', 2), head('number', 1), head('negative', 6), head('number', 33)],
    ...[head('list', certificates.length), ...certificates.map(bytesItem)],
  ])

export const certificatePattern = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g

const isSelfSigned = ({ subject, issuer }: X509Certificate): boolean => subject === issuer

const keyIn = (pem: string): KeyObject => {
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new Error('It is no key of the curve P-256.')
  }
  return key
}

/**
 * A signer of COSE_Sign1 (RFC 9052) as C2PA demands it.
 * @param pem a private key of the curve P-256 and its certificate, with those between it and the root, in one text
 * Throws for a text without either, and for a key that is not the certificate's.
 */
export const credentialSigner = (pem: string): CredentialSigner => {
  const key = keyIn(pem)
  const chain = [...pem.matchAll(certificatePattern)].map(([one]) => new X509Certificate(one))
  const [leaf] = chain
  if (!leaf?.checkPrivateKey(key)) throw new Error('The first certificate is not of the key.')
  // A validator brings the root itself; one that signs itself is all that there is.
  const sent = chain.filter((one, index) => index === 0 || !isSelfSigned(one)).map(({ raw }) => raw)
  const header = protectedHeader(sent)
  const signed = (signature: Uint8Array, padding: number): Buffer =>
    Buffer.concat([
      // The tag of COSE_Sign1, and its four parts: the claim itself is not among them.
      ...[Buffer.from([0xd2]), head('list', 4), bytesItem(header), head('map', 1), textItem('pad')],
      // A head of the same length, however much follows.
      ...[Buffer.from([0x59, padding >> 8, padding & 0xff]), Buffer.alloc(padding)],
      ...[Buffer.from([0xf6]), bytesItem(signature)],
    ])
  const reserve = signed(Buffer.alloc(64), 0).length + 64
  return {
    reserve,
    sign(claim) {
      const parts = [head('list', 4), textItem('Signature1'), bytesItem(header)]
      const content = Buffer.concat([...parts, bytesItem(Buffer.alloc(0)), bytesItem(claim)])
      const signature = sign('sha256', content, { key, dsaEncoding: 'ieee-p1363' })
      return new Uint8Array(signed(signature, reserve - signed(signature, 0).length))
    },
  }
}
