/** What we use of pdfmake 0.3, which has no types of its own. */
declare module 'pdfmake' {
  interface Inline {
    text: string
    font?: string
    link?: string
    linkToDestination?: string
    style?: string
    noWrap?: boolean
  }
  interface Content {
    text?: string | Inline[]
    stack?: Content[]
    ul?: Content[]
    columns?: Content[]
    columnGap?: number
    width?: number
    image?: string
    fit?: [number, number]
    style?: string
    id?: string
    headlineLevel?: number
    /** On one page; of a block that is higher than a page the rest would be lost. */
    unbreakable?: boolean
    table?: {
      headerRows: number
      dontBreakRows: boolean
      keepWithHeaderRows: number
      widths: ('*' | number)[]
      body: Content[][]
    }
    layout?: Layout
    margin?: [number, number, number, number]
    alignment?: 'right'
  }
  interface Layout {
    hLineWidth(line: number, node: { table: { headerRows: number; body: unknown[] } }): number
    vLineWidth(): number
    hLineColor(line: number, node: { table: { headerRows: number } }): string
    paddingLeft(column: number): number
    paddingRight(): number
    paddingTop(): number
    paddingBottom(): number
  }
  interface Placed {
    text?: unknown
    startPosition: { verticalRatio: number }
    headlineLevel?: number
    style?: string
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
    footer(page: number, pages: number): Content
    pageBreakBefore(node: Placed, queries: { getFollowingNodesOnPage(): Placed[] }): boolean
  }
  const pdfmake: {
    setFonts(fonts: Record<string, Record<'normal' | 'bold', string>>): void
    setUrlAccessPolicy(allows: (url: string) => boolean): void
    setLocalAccessPolicy(allows: (path: string) => boolean): void
    createPdf(definition: Definition): { getBuffer(): Promise<Uint8Array> }
  }

  export type { Content, Definition, Inline, Layout }
  export default pdfmake
}
