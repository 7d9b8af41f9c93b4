import type { Page, WebSocketRoute } from 'playwright-core'

/** The network of a page, sockets included, which the browser's own offline mode leaves open. Sockets that opened before are not of it. */
export const cuttable = async (page: Page) => {
  const sockets = new Set<WebSocketRoute>()
  await page.routeWebSocket(/ticket=/, (socket) => {
    socket.connectToServer()
    sockets.add(socket)
  })
  const closeSockets = async (): Promise<void> => {
    for (const socket of sockets) await socket.close()
    sockets.clear()
  }
  return {
    closeSockets,
    async cut(): Promise<void> {
      await page.context().setOffline(true)
      await closeSockets()
    },
    mend: () => page.context().setOffline(false),
  }
}
