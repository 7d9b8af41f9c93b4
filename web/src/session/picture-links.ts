import { type Signal, signal } from '@preact/signals'
import type { StudioProblem } from '../../../shared/client/index.ts'
import { studio } from './studio.ts'

export interface PictureLink {
  url: string
  width: number
  height: number
}

export type PictureLinkState = PictureLink | 'asked' | StudioProblem

const links = new Map<string, Signal<PictureLinkState>>()

/** The session and the picture of a path, as `turn.started` and the slot `product.image_url` have it. */
export const pictureOfPath = (path: string): { sessionId: string; pictureId: string } | null => {
  const found = /^\/api\/chat\/session\/(sess_[0-9a-z]{26})\/product-image\/(picture_[0-9a-z]{26})$/
  const [, sessionId, pictureId] = found.exec(path) ?? []
  return sessionId && pictureId ? { sessionId, pictureId } : null
}

const ask = async (path: string, state: Signal<PictureLinkState>): Promise<void> => {
  const place = pictureOfPath(path)
  if (!place) return
  try {
    const { image_url, width, height } = await studio
      .session(place.sessionId)
      .picture(place.pictureId)
    state.value = { url: image_url, width, height }
  } catch (error) {
    state.value = error as StudioProblem
  }
}

/** The signed link of a picture, asked for once while it holds. */
export const pictureLink = (path: string): Signal<PictureLinkState> => {
  const known = links.get(path)
  if (known) return known
  const state = signal<PictureLinkState>('asked')
  links.set(path, state)
  void ask(path, state)
  return state
}

/** Asks again: links hold for a quarter of an hour. */
export const renewPictureLink = (path: string): void => {
  const state = links.get(path)
  if (state) void ask(path, state)
}

/** Asks again for the links that could not be had. */
export const renewFailedLinks = (): void => {
  for (const [path, state] of links) if (state.peek() instanceof Error) void ask(path, state)
}
