import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import * as z from 'zod'
import { readAudit } from '../../lib/audit.ts'
import {
  billOfMaterials,
  deployedPackages,
  licenseList,
  withoutKnownLicense,
} from '../../lib/bill-of-materials.ts'
import { sharedBundle } from '../support/studio/shared-bundle.ts'

const packages = deployedPackages(sharedBundle(), inject('console'))

describe('what is deployed', () => {
  test('is what the functions and the console hold, and nothing that only builds or tests', () => {
    const names = new Set(packages.map(({ name }) => name))
    for (const name of [
      'jose',
      'zod',
      'openai',
      'mediabunny',
      '@aws-sdk/client-dynamodb',
      '@aws-sdk/client-sfn',
      '@smithy/core',
      '@smithy/signature-v4',
      'preact',
    ]) {
      expect(names).toContain(name)
    }
    for (const name of ['esbuild', 'vitest', 'aws-cdk-lib', 'typescript', 'vite', 'ws']) {
      expect(names).not.toContain(name)
    }
  })

  test('is under licences that are known, and ask for no more than a notice', () => {
    expect(withoutKnownLicense(packages)).toEqual([])
  })

  test.each([
    ['GPL-3.0-only', true],
    ['AGPL-3.0', true],
    ['UNLICENSED', true],
    ['SEE LICENSE IN LICENSE.md', true],
    ['', true],
    ['MIT AND GPL-2.0', true],
    ['MPL-2.0', true],
    ['(MIT OR GPL-3.0)', false],
    ['MIT AND ISC', false],
  ])('a licence is looked at before it is deployed: %s', (license, isFound) => {
    const one = { name: 'some-package', version: '1.0.0', path: 'node_modules/it', license }
    expect(withoutKnownLicense([{ ...one, sha512: undefined }]).length === 1).toBe(isFound)
  })
})

test('the lockfile has the DynamoDB engine of every system that the local engine runs on', () => {
  const { packages: locked } = z
    .object({ packages: z.record(z.string(), z.looseObject({ version: z.string().optional() })) })
    .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8')))
  const systems = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64']
  const versions = systems.map((system) => locked[`node_modules/@dynoxide/${system}`]?.version)
  expect(new Set(versions).size).toBe(1)
  expect(versions[0]).toMatch(/^\d+\.\d+\.\d+$/)
})

describe('the bill of materials', () => {
  test('names each package by its address and the digest of its archive', () => {
    const bill = billOfMaterials(packages, '0.1.0')
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' })
    const { components } = bill as { components: Record<string, unknown>[] }
    expect(new Set(components.map((each) => each['bom-ref'])).size).toBe(packages.length)
    for (const component of components) {
      expect(component).toMatchObject({
        purl: expect.stringMatching(/^pkg:npm\/(?:%40[\w.-]+\/)?[\w.-]+@\d/),
        hashes: [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }],
        licenses: [{ expression: expect.stringMatching(/\w/) }],
      })
    }
    expect(JSON.stringify(bill)).not.toMatch(/https?:/)
    expect(licenseList(packages)).toMatch(/^MPL-2\.0 +mediabunny .+\n +Its copyleft/m)
  })
})

describe('the audit', () => {
  const finding = (severity: string, node: string) => ({
    [node]: { name: node.split('/').at(-1), severity, range: '<2', nodes: [node], via: [] },
  })
  const deployed = [{ path: 'node_modules/zod' }]
  const audited = (vulnerabilities: object) =>
    readAudit(JSON.stringify({ auditReportVersion: 2, vulnerabilities }), deployed)

  test('finds what is grave in what is deployed', () => {
    expect(audited(finding('high', 'node_modules/zod'))).toEqual({ findings: ['zod <2: high'] })
    expect(audited(finding('critical', 'node_modules/zod'))).toMatchObject({
      findings: [expect.stringContaining('critical')],
    })
    expect(audited(finding('moderate', 'node_modules/zod'))).toEqual({ findings: [] })
    expect(audited(finding('high', 'node_modules/left/node_modules/zod'))).toEqual({ findings: [] })
  })

  test.each(['', 'npm error', '{"message":"405 Method Not Allowed","statusCode":405}', '[]'])(
    'says that nothing was checked where there is no report: %s',
    (output) => {
      expect(readAudit(output, deployed)).toHaveProperty('unchecked')
    },
  )
})
