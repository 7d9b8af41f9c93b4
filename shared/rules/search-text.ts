/** A text as lists look in it. */
export const searchText = (text: string): string => text.normalize('NFC').toLocaleLowerCase()
