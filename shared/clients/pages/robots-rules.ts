import robotsModule from 'robots-parser'
import { robotsLimit } from '../../rules/model-limits.ts'
import { userAgent } from './page-request.ts'

// The package exports the function itself; its types name it as a member.
const parseRobots = robotsModule as unknown as typeof robotsModule.default

/** What a site's robots.txt says to us. */
export interface RobotsRules {
  allows(url: URL): boolean
}

export const everything: RobotsRules = { allows: () => true }
export const nothing: RobotsRules = { allows: () => false }

const ours = new Set(['*', userAgent.token.toLowerCase()])

/**
 * The lines that may concern us. The parser copies each rule for each agent above it, which a file of
 * half a megabyte could turn into gigabytes.
 */
const relevantLines = (text: string): string[] => {
  let addressed = false
  let inRules = true
  return text.split(/\r\n?|\n/).flatMap((line) => {
    const [, field = '', value = ''] = /^\s*([\w-]+)\s*:([^#]*)/.exec(line) ?? []
    const name = field.toLowerCase()
    if (name === 'user-agent') {
      if (inRules) addressed = false
      inRules = false
      const isOurs = ours.has(value.trim().toLowerCase().split('/')[0]?.trim() ?? '')
      addressed ||= isOurs
      return isOurs ? [`user-agent: ${value.trim()}`] : []
    }
    if (name !== 'allow' && name !== 'disallow') return []
    inRules = true
    return addressed ? [`${name}: ${value.trim()}`] : []
  })
}

/** Rules of a robots.txt (RFC 9309). One that would take too long to follow forbids everything. */
export const robotsRules = (origin: string, text: string): RobotsRules => {
  const lines = relevantLines(text.replace(/^\ufeff/, ''))
  const wildcards = lines.filter((line) => line.includes('*') && !line.startsWith('user-agent'))
  const length = wildcards.reduce((sum, line) => sum + line.length, 0)
  if (length > robotsLimit.maxWildcardLength) return nothing
  const robots = parseRobots(`${origin}/robots.txt`, lines.join('\n'))
  return { allows: (url) => robots.isAllowed(url.href, userAgent.token) !== false }
}
