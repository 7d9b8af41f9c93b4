import { describe, expect, it } from 'vitest'
import { type Release, releaseFindings } from '../../../lib/release/release-findings.ts'

const changelog = `# Changelog

## [Unreleased]

## [0.2.0] - 2026-12-01

### Added
- A thing.

## [0.1.0] - 2026-11-01

### Added
- Another.
`

const release = (change: Partial<Release> = {}): string[] =>
  releaseFindings({
    version: '0.2.0',
    lockedVersion: '0.2.0',
    changelog,
    last: '0.1.0',
    breaking: [],
    ...change,
  })

describe('a release', () => {
  it('is good with its section, its version and nothing broken', () => {
    expect(release()).toEqual([])
    expect(release({ last: null })).toEqual([])
  })

  it('needs a section with a date and a change', () => {
    const empty = changelog.replace('### Added\n- A thing.\n', '')
    expect(release({ changelog: changelog.replace('0.2.0', '0.3.0') })).toEqual([
      'CHANGELOG.md has no section ## [0.2.0] - YYYY-MM-DD.',
    ])
    expect(release({ changelog: changelog.replace(' - 2026-12-01', '') })).toEqual([
      'The section [0.2.0] of CHANGELOG.md has no date.',
    ])
    expect(release({ changelog: empty })).toEqual([
      'The section [0.2.0] of CHANGELOG.md names no change.',
    ])
  })

  it('follows the last one, in package.json and lockfile alike', () => {
    expect(release({ last: '0.2.0' })).toEqual(['0.2.0 does not follow 0.2.0.'])
    expect(release({ lockedVersion: '0.1.0' })).toEqual([
      'package-lock.json says 0.1.0: npm install.',
    ])
    expect(release({ version: '0.2', lockedVersion: '0.2' })[0]).toBe(
      '0.2 is no version of SemVer.',
    )
  })

  it('that breaks callers is a new minor while the major is 0, and a new major after it', () => {
    const breaking = ['GET /api/things is gone']
    expect(release({ breaking })).toEqual([])
    expect(
      release({ breaking, last: '0.2.0', version: '0.2.1', lockedVersion: '0.2.1' }),
    ).toContain('0.2.1 (patch) breaks callers of 0.2.0: 0.3.0 or later.')
    expect(
      release({ breaking, last: '1.2.0', version: '1.3.0', lockedVersion: '1.3.0' }),
    ).toContain('1.3.0 (minor) breaks callers of 1.2.0: 2.0.0 or later.')
  })
})
