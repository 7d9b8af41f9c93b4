import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A key that signs nothing but tests, its certificate, and the root of that. Made by `openssl` with the extensions that
 * C2PA demands of a signer: digitalSignature, emailProtection, no CA.
 */
export const testSignerPem = readFileSync(join(import.meta.dirname, 'test-signer.pem'), 'utf8')
