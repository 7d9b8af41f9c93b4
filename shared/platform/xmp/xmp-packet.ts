/** What a file says of where it comes from. */
export interface OriginNote {
  /** A term of IPTC, see `rules/digital-source-types`. */
  digitalSourceType: string
  /** The model behind it; null when none took part. */
  aiSystem: string | null
}

const namespace = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/'
const digitalSourceType = 'DigitalSourceType'
/** Of IPTC's Photo Metadata Standard 2025.1. */
const aiSystem = 'AISystemUsed'

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

const unescaped = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')

/** An XMP packet (ISO 16684-1), in the form that every container embeds. */
export const xmpPacket = (note: OriginNote): string => {
  const system =
    note.aiSystem === null
      ? ''
      : `<Iptc4xmpExt:${aiSystem}>${escaped(note.aiSystem)}</Iptc4xmpExt:${aiSystem}>`
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    `<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="${namespace}">`,
    `<Iptc4xmpExt:${digitalSourceType}>${escaped(note.digitalSourceType)}</Iptc4xmpExt:${digitalSourceType}>`,
    system,
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
    '<?xpacket end="r"?>',
  ].join('')
}

/** The origin that a packet states, of ours or another writer; null when it states none. */
export const readXmpPacket = (packet: string): OriginNote | null => {
  const prefix = new RegExp(`xmlns:([\\w.-]+)=["']${namespace}["']`).exec(packet)?.[1]
  if (prefix === undefined) return null
  const textOf = (property: string): string | null => {
    const found =
      new RegExp(`<${prefix}:${property}>([^<]*)</`).exec(packet)?.[1] ??
      new RegExp(`\\s${prefix}:${property}=["']([^"']*)["']`).exec(packet)?.[1]
    return found === undefined ? null : unescaped(found)
  }
  const stated = textOf(digitalSourceType)
  return stated === null ? null : { digitalSourceType: stated, aiSystem: textOf(aiSystem) }
}
