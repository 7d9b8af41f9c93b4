import { diff, gt, gte, inc, prerelease, valid } from 'semver'

/** What a release is judged by. */
export interface Release {
  version: string
  /** Of the lockfile, which has to agree. */
  lockedVersion: string
  changelog: string
  /** The last released version; null before the first. */
  last: string | null
  /** What callers of the last release can no longer rest on. */
  breaking: readonly string[]
}

const sectionOf = (changelog: string, version: string): RegExpExecArray | null =>
  new RegExp(
    `^## \\[${version.replaceAll('.', '\\.')}\\](?: - (\\d{4}-\\d{2}-\\d{2}))?\\n([\\s\\S]*?)(?=^## \\[|$(?![\\s\\S]))`,
    'm',
  ).exec(changelog)

const changelogFindings = (changelog: string, version: string): string[] => {
  const section = sectionOf(changelog, version)
  if (!section) return [`CHANGELOG.md has no section ## [${version}] - YYYY-MM-DD.`]
  const [, date, text = ''] = section
  return [
    ...(date ? [] : [`The section [${version}] of CHANGELOG.md has no date.`]),
    ...(/^- /m.test(text) ? [] : [`The section [${version}] of CHANGELOG.md names no change.`]),
  ]
}

/** The least version that may follow one with such changes: while the major is 0, the minor breaks. */
const leastNext = (last: string, breaks: boolean): string => {
  if (!breaks) return inc(last, 'patch') ?? last
  return inc(last, last.startsWith('0.') ? 'minor' : 'major') ?? last
}

const versionFindings = ({ version, lockedVersion, last, breaking }: Release): string[] => {
  if (valid(version) === null) return [`${version} is no version of SemVer.`]
  const findings = [
    ...(version === lockedVersion ? [] : [`package-lock.json says ${lockedVersion}: npm install.`]),
  ]
  if (last === null) return findings
  if (!gt(version, last)) return [...findings, `${version} does not follow ${last}.`]
  const least = leastNext(last, breaking.length > 0)
  if (breaking.length > 0 && !gte(version, least)) {
    findings.push(
      `${version} (${diff(last, version)}) breaks callers of ${last}: ${least} or later.`,
    )
  }
  return findings
}

/** What stands in the way of a release, a sentence each; empty when nothing does. */
export const releaseFindings = (release: Release): string[] => [
  ...versionFindings(release),
  ...(prerelease(release.version) ? [] : changelogFindings(release.changelog, release.version)),
]
