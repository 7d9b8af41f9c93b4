/** What we use of pdfmake 0.3, which has no types of its own. */
declare module 'pdfmake' {
  interface Inline {
    text: string
    font?: string
    link?: string
    linkToDestination?: string
  }
  interface Content {
    text?: string | Inline[]
    stack?: Content[]
    ul?: Content[]
    image?: string
    fit?: [number, number]
    style?: string
    id?: string
    table?: { headerRows: number; widths: ('auto' | '*' | number)[]; body: Content[][] }
    layout?: string
    margin?: [number, number, number, number]
  }
  interface Definition {
    content: Content[]
    images: Record<string, string>
    styles: Record<string, object>
    defaultStyle: object
    info: { title: string; producer: string; creator: string; creationDate: Date }
    language: string
    pageSize: 'A4'
    pageMargins: [number, number, number, number]
  }
  const pdfmake: {
    setFonts(fonts: Record<string, Record<'normal' | 'bold', string>>): void
    setUrlAccessPolicy(allows: (url: string) => boolean): void
    setLocalAccessPolicy(allows: (path: string) => boolean): void
    createPdf(definition: Definition): { getBuffer(): Promise<Uint8Array> }
  }

  export type { Content, Definition, Inline }
  export default pdfmake
}
