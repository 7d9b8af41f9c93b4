/** A route of an HTTP API with what it leads to. */
export interface Route<Target> {
  routeKey: string
  target: Target
}

export interface RouteMatch<Target> extends Route<Target> {
  pathParameters: Record<string, string> | undefined
}

interface ParsedRoute<Target> extends Route<Target> {
  method: string
  segments: string[]
}

/**
 * Finds routes as API Gateway does: of those that fit, the path that says more wins, segment by
 * segment (a word before `{name}` before `{name+}`), then the method before `ANY`, then `$default`.
 */
export class RouteTable<Target> {
  readonly #routes: ParsedRoute<Target>[]
  readonly #fallback: Route<Target> | undefined

  constructor(routes: readonly Route<Target>[]) {
    this.#fallback = routes.find(({ routeKey }) => routeKey === '$default')
    this.#routes = routes
      .filter(({ routeKey }) => routeKey !== '$default')
      .map((route) => {
        const [method = '', path = ''] = route.routeKey.split(' ')
        return { ...route, method, segments: segmentsOf(path) }
      })
      .sort(bySpecificity)
  }

  /** `path` is decoded. */
  find(method: string, path: string): RouteMatch<Target> | undefined {
    const given = segmentsOf(path)
    for (const route of this.#routes) {
      if (route.method !== 'ANY' && route.method !== method) continue
      const pathParameters = matchSegments(route.segments, given)
      if (!pathParameters) continue
      const { routeKey, target } = route
      const hasParameters = Object.keys(pathParameters).length > 0
      return { routeKey, target, pathParameters: hasParameters ? pathParameters : undefined }
    }
    return this.#fallback && { ...this.#fallback, pathParameters: undefined }
  }
}

const segmentsOf = (path: string): string[] => {
  return path.replace(/^\//, '').split('/')
}

const matchSegments = (
  wanted: readonly string[],
  given: readonly string[],
): Record<string, string> | undefined => {
  const parameters: Record<string, string> = {}
  for (const [index, segment] of wanted.entries()) {
    const value = given[index]
    if (value === undefined || value === '') return value === segment ? parameters : undefined
    const name = /^\{(.+?)(\+?)\}$/.exec(segment)
    if (name?.[2]) return { ...parameters, [name[1] ?? '']: given.slice(index).join('/') }
    if (name) parameters[name[1] ?? ''] = value
    else if (segment !== value) return undefined
  }
  return wanted.length === given.length ? parameters : undefined
}

const bySpecificity = <Target>(left: ParsedRoute<Target>, right: ParsedRoute<Target>): number => {
  const length = Math.min(left.segments.length, right.segments.length)
  for (let index = 0; index < length; index += 1) {
    const difference = weight(left.segments[index]) - weight(right.segments[index])
    if (difference !== 0) return difference
  }
  return Number(left.method === 'ANY') - Number(right.method === 'ANY')
}

const weight = (segment: string | undefined): number => {
  if (!segment?.startsWith('{')) return 0
  return segment.endsWith('+}') ? 2 : 1
}
