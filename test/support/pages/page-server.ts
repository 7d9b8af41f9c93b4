import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ServedPage {
  /** 200 when not given. */
  status?: number
  /** HTML in UTF-8 when they name no type. */
  headers?: Record<string, string>
  body?: string | Uint8Array
  /** Milliseconds before the answer begins. */
  delayMs?: number
}

/** Answers in its own way; the connection is its own to end. */
export type PageHandler = (request: IncomingMessage, response: ServerResponse) => void

/** Sites on this machine, for readers that may reach it: `PAGES_ALLOW_LOOPBACK=true`. */
export interface PageServer {
  /** The address of a page; each site has a host, and therefore a robots.txt, of its own. */
  url(path: string, site?: string): string
  /** Publishes a page, and returns its address; `path` may hold a query. */
  publish(path: string, page: string | ServedPage | PageHandler, site?: string): string
  /** `METHOD path` of every request, in order; with the site when it is not the usual one. */
  requests: { site: string; path: string; headers: IncomingMessage['headers'] }[]
  stop(): Promise<void>
}

const usualSite = 'pages'

const servedBy = (page: ServedPage): PageHandler => {
  const { status = 200, headers = {}, body = '', delayMs } = page
  return (_, response) => {
    const answer = (): void => {
      response
        .writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers })
        .end(body)
    }
    if (delayMs === undefined) answer()
    else setTimeout(answer, delayMs)
  }
}

/** A site without a robots.txt of its own allows everything: it answers 404 to all that is not published. */
export const startPageServer = async (): Promise<PageServer> => {
  const pages = new Map<string, PageHandler>()
  const requests: PageServer['requests'] = []
  const server = createServer((request, response) => {
    const site = request.headers.host?.split('.localhost')[0] ?? ''
    const path = request.url ?? '/'
    requests.push({ site, path, headers: request.headers })
    const page = pages.get(`${site} ${path}`) ?? servedBy({ status: 404 })
    page(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = (path: string, site = usualSite): string => `http://${site}.localhost:${port}${path}`
  return {
    url,
    requests,
    publish(path, page, site = usualSite) {
      const served = typeof page === 'string' ? { body: page } : page
      pages.set(`${site} ${path}`, typeof served === 'function' ? served : servedBy(served))
      return url(path, site)
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
