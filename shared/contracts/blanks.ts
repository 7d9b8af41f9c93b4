/**
 * What shows nothing, as classes of a regular expression with the flag `v`. No character is of both.
 */

/** Takes no room: joiners, direction marks, variation selectors, marks of annotations and hieroglyphs. */
export const noWidth =
  '[[\\p{Default_Ignorable_Code_Point}\\ufff9-\\ufffb\\u{13430}-\\u{1343f}\\u{16fe4}]--[\\u115f\\u1160\\u3164\\uffa0]]'

/** Shows as a gap: white space, Hangul's fillers, and the blanks of Braille, music and hieroglyphs. */
export const blank =
  '[[\\s--[\\ufeff]]\\u115f\\u1160\\u3164\\uffa0\\u2800\\u{1d159}\\u{13441}\\u{13442}]'
