/** What may hide in a recording, and the places where each container has room for it. */
import { box } from './mp4-files.ts'

const zip = (): Buffer => {
  const name = Buffer.from('a.html')
  const content = Buffer.from('<p>hello</p>')
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt32LE(content.length, 14)
  common.writeUInt32LE(content.length, 18)
  common.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name, content])
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\0', 'latin1'),
    common,
    Buffer.alloc(14),
    name,
  ])
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}

/** Each with bytes by which it is found again. */
export const payloads: Readonly<Record<string, Buffer>> = {
  HTML: Buffer.from('<!DOCTYPE html><html><script>alert(document.domain)</script></html>'),
  SVG: Buffer.from('<SVG xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
  PHP: Buffer.from('<?php system($_GET["c"]); ?>'),
  PDF: Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF'),
  ZIP: zip(),
  program: Buffer.from('MZ\x90\0 This program cannot be run in DOS mode.\r\r\n$', 'latin1'),
}

const littleEndian = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** An element of EBML with a size of eight bytes. */
const element = (id: number[], content: Buffer): Buffer => {
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE(2n ** 56n + BigInt(content.length))
  return Buffer.concat([Buffer.from(id), size, content])
}

const flacBlock = (kind: number, content: Buffer): Buffer => {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(kind * 2 ** 24 + content.length)
  return Buffer.concat([head, content])
}

const id3 = (content: Buffer): Buffer => {
  const size = content.length
  const head = Buffer.from([73, 68, 51, 4, 0, 0, 0, 0, (size >> 7) & 127, size & 127])
  return Buffer.concat([head, content])
}

type Hide = (recording: Buffer, payload: Buffer) => Buffer

const behind: Hide = (recording, payload) => Buffer.concat([recording, payload])

/** Puts a payload into a recording of this format so that the recording can still be played. */
export const hidings: Readonly<Record<string, Readonly<Record<string, Hide>>>> = {
  wav: {
    'behind it': behind,
    'in a chunk of notes': (wav, payload) =>
      Buffer.concat([
        wav.subarray(0, 12),
        Buffer.from('LIST'),
        littleEndian(payload.length + (payload.length % 2)),
        payload,
        Buffer.alloc(payload.length % 2),
        wav.subarray(12),
      ]),
    'with a header that begins a script': (wav, payload) => {
      const bytes = Buffer.concat([wav, Buffer.from('LIST'), littleEndian(payload.length), payload])
      bytes.write('=1/*', 4, 'latin1')
      return bytes
    },
  },
  mp3: {
    'behind it': behind,
    'in a tag before it': (mp3, payload) => Buffer.concat([id3(payload), mp3]),
    'in a tag of lyrics': (mp3, payload) =>
      Buffer.concat([
        mp3,
        payload,
        Buffer.from(`${String(payload.length).padStart(6, '0')}LYRICS200`),
      ]),
  },
  flac: {
    'behind it': behind,
    'in a block of an application': (flac, payload) =>
      Buffer.concat([flac.subarray(0, 42), flacBlock(2, payload), flac.subarray(42)]),
    'in a tag before it': (flac, payload) => Buffer.concat([id3(payload), flac]),
  },
  'ogg-opus': { 'behind it': behind },
  m4a: {
    'behind it': behind,
    'in a free box': (mp4, payload) => Buffer.concat([mp4, box('free', payload)]),
    'in a box that nobody knows': (mp4, payload) => Buffer.concat([mp4, box('evil', payload)]),
  },
  'mp4-recorded': {
    'in a free box': (mp4, payload) => Buffer.concat([mp4, box('free', payload)]),
    'in a box of its writer': (mp4, payload) => Buffer.concat([mp4, box('uuid', payload)]),
  },
  'webm-recorded': {
    'behind it': behind,
    'in an element that is void': (webm, payload) => behind(webm, element([0xec], payload)),
    'as an attachment': (webm, payload) => behind(webm, element([0x19, 0x41, 0xa4, 0x69], payload)),
  },
}
