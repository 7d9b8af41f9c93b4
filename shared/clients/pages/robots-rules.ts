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

/** Letters, digits and `-._~` mean the same with and without their escapes (RFC 9309, 2.2.2). */
const withoutNeedlessEscapes = (text: string): string =>
  text.replace(/%(?:2[de]|3\d|[46][1-9a-f]|[57][\da]|5f|7e)/gi, (octet) =>
    decodeURIComponent(octet),
  )

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
    const [, field = '', written = ''] = /^\s*([\w-]+)\s*:([^#]*)/.exec(line) ?? []
    const name = field.toLowerCase()
    if (name === 'user-agent') {
      if (startsGroup) addressed = new Set()
      startsGroup = false
      const agent = agentOf(written)
      if (agent !== undefined) {
        addressed.add(agent)
        rules[agent] ??= []
      }
    } else if (name === 'allow' || name === 'disallow') {
      startsGroup = true
      const value = withoutNeedlessEscapes(written.trim())
      for (const agent of addressed) rules[agent]?.push(`${name}: ${value}`)
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
  return {
    allows: ({ href }) => robots.isAllowed(withoutNeedlessEscapes(href), userAgent.token) !== false,
  }
}
