/** An answer of a model's server as far as it is read: one of `fetch`, or one over our own connections. */
export interface ServerAnswer {
  status: number
  headers: Pick<Headers, 'get'>
  body: AsyncIterable<Uint8Array> | null
}

export const isSuccess = ({ status }: Pick<ServerAnswer, 'status'>): boolean =>
  status >= 200 && status < 300
