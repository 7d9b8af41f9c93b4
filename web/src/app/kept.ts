/**
 * A choice of earlier visits, if it is one of these. Storage may be refused (private windows, settings);
 * then the page works and forgets.
 */
export const kept = <const Choice extends string>(
  name: string,
  choices: readonly Choice[],
): Choice | undefined => {
  try {
    const value = localStorage.getItem(name)
    return choices.find((choice) => choice === value)
  } catch {
    return undefined
  }
}

export const keep = (name: string, value: string): void => {
  try {
    localStorage.setItem(name, value)
  } catch {
    // The choice holds until the page is closed.
  }
}
