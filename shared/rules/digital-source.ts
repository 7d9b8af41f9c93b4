/** Where the pixels or the sound of a file come from, in the terms of IPTC: http://cv.iptc.org/newscodes/digitalsourcetype/ */
export const digitalSourceTypes = [
  'trainedAlgorithmicMedia',
  'compositeWithTrainedAlgorithmicMedia',
  'algorithmicMedia',
  'digitalCapture',
] as const
export type DigitalSourceType = (typeof digitalSourceTypes)[number]

const vocabulary = 'http://cv.iptc.org/newscodes/digitalsourcetype/'

export const digitalSourceUri = (type: DigitalSourceType): string => `${vocabulary}${type}`

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (found) => escapes[found] ?? '')

/** An XMP packet that says so, and who made it: ISO 16684-1. */
export const xmpPacket = (type: DigitalSourceType, creatorTool: string): string =>
  [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about=""',
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"',
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">',
    `<xmp:CreatorTool>${escaped(creatorTool)}</xmp:CreatorTool>`,
    `<Iptc4xmpExt:DigitalSourceType>${digitalSourceUri(type)}</Iptc4xmpExt:DigitalSourceType>`,
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
    '<?xpacket end="w"?>',
  ].join('\n')
