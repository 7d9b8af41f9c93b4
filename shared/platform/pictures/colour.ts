/** Red, green and blue, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number]

/** The light of a channel's value in sRGB, 0 to 1; Display P3 has the same curve. */
export const linearLight = Float64Array.from({ length: 256 }, (_, value) => {
  const share = value / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
})

const linearOf = (channel: number): number =>
  linearLight[Math.max(0, Math.min(255, Math.round(channel)))] ?? 0

/** Relative luminance, 0 to 1 (WCAG 2.2). */
export const luminance = (red: number, green: number, blue: number): number =>
  0.2126 * linearOf(red) + 0.7152 * linearOf(green) + 0.0722 * linearOf(blue)

/** Contrast of two luminances, 1 to 21 (WCAG 2.2). */
export const contrast = (one: number, other: number): number =>
  (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)

export const contrastOf = (one: Colour, other: Colour): number =>
  contrast(luminance(...one), luminance(...other))

/** Lightness, chroma and hue as the eye sees them: lightness 0 to 1, hue in radians. */
export interface Tone {
  lightness: number
  chroma: number
  hue: number
}

/** A point of Oklab. Source: https://bottosson.github.io/posts/oklab/ */
export const oklab = ([red, green, blue]: Colour): [lightness: number, a: number, b: number] => {
  const [r, g, b] = [linearOf(red), linearOf(green), linearOf(blue)]
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ]
}

const encoded = (value: number): number =>
  255 * (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055)

const channelsOf = ({ lightness, chroma, hue }: Tone): number[] => {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)]
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
}

/** The nearest colour of a screen: of the same lightness and hue, with as much chroma as there is. */
export const toneColour = (tone: Tone): Colour => {
  let { chroma } = tone
  while (
    chroma > 0 &&
    channelsOf({ ...tone, chroma }).some((value) => value < -0.001 || value > 1.001)
  )
    chroma = Math.max(0, chroma - 0.005)
  const [red = 0, green = 0, blue = 0] = channelsOf({ ...tone, chroma }).map((value) =>
    Math.round(encoded(Math.max(0, Math.min(1, value)))),
  )
  return [red, green, blue]
}

/** As SVG writes it. */
export const hexOf = (colour: Colour): string =>
  `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
