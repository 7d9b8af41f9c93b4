/** What a browser only shows or plays: nothing in it can run, whatever it is opened as. */
const passive =
  /^(?:audio\/(?:mpeg|wav|webm|ogg|mp4|flac)|image\/(?:png|jpeg|webp|gif)|video\/(?:mp4|webm))$/

/**
 * How a browser has to treat a stored object: everything that it could run, or might take for something
 * else, is saved to disk instead of being opened in our name.
 */
export const dispositionOf = (contentType: string): 'inline' | 'attachment' =>
  passive.test(contentType) ? 'inline' : 'attachment'
