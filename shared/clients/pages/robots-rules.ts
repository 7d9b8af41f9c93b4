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
const nothing: RobotsRules = { allows: () => false }

type Agent = 'us' | 'all'

const agentOf = (name: string): Agent | undefined => {
  const token = name.split('/')[0]?.trim().toLowerCase()
  if (token === '*') return 'all'
  return token === userAgent.token.toLowerCase() ? 'us' : undefined
}

/**
 * The rules that concern us: those under our name, if there are any, otherwise those for all. Picked
 * here, because the parser copies each rule for each agent above it, which half a megabyte of lines
 * could turn into gigabytes.
 */
const relevantRules = (text: string): string[] => {
  const rules: Partial<Record<Agent, string[]>> = {}
  let addressed = new Set<Agent>()
  let startsGroup = true
  for (const line of text.split(/\r\n?|\n/)) {
    const [, field = '', value = ''] = /^\s*([\w-]+)\s*:([^#]*)/.exec(line) ?? []
    const name = field.toLowerCase()
    if (name === 'user-agent') {
      if (startsGroup) addressed = new Set()
      startsGroup = false
      const agent = agentOf(value)
      if (agent !== undefined) {
        addressed.add(agent)
        rules[agent] ??= []
      }
    } else if (name === 'allow' || name === 'disallow') {
      startsGroup = true
      for (const agent of addressed) rules[agent]?.push(`${name}: ${value.trim()}`)
    }
  }
  return rules.us ?? rules.all ?? []
}

/** Rules of a robots.txt (RFC 9309). One that would take too long to follow forbids everything. */
export const robotsRules = (origin: string, text: string): RobotsRules => {
  const rules = relevantRules(text.replace(/^\ufeff/, ''))
  const wildcards = rules.filter((rule) => rule.includes('*'))
  const length = wildcards.reduce((sum, rule) => sum + rule.length, 0)
  if (length > robotsLimit.maxWildcardLength) return nothing
  const robots = parseRobots(`${origin}/robots.txt`, ['user-agent: *', ...rules].join('\n'))
  return { allows: (url) => robots.isAllowed(url.href, userAgent.token) !== false }
}
