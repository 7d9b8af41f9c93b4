/** Stands in for the extraction's thread: knows a draft of each page, and then never ends. */
import { parentPort } from 'node:worker_threads'

parentPort?.on('message', ({ html, url }: { html: string; url: string }) => {
  const draft = {
    title: null,
    site: null,
    publishedAt: null,
    text: html,
    refresh: url,
    frame: null,
  }
  parentPort?.postMessage({ draft })
  for (;;);
})
parentPort?.postMessage('ready')
