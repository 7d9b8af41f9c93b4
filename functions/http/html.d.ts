/** A page, bundled as its text. */
declare module '*.html' {
  const page: string
  export default page
}
