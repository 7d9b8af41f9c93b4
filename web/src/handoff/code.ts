/** The code in a link of ours, in the fragment of an address, or by itself. */
export const codeIn = (text: string): string | null =>
  /(?:^|#\/?join=)([0-9a-z]{40,100})$/.exec(text.trim())?.[1] ?? null

/** The link that another device opens. No server sees what is behind `#`, and so no log has it. */
export const linkOf = (
  code: string,
  { origin, pathname }: Pick<Location, 'origin' | 'pathname'>,
): string => `${origin}${pathname}#join=${code}`
