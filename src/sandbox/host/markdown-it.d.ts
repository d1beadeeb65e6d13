/** The little of markdown-it that is used here; the package brings no types. */
declare module 'markdown-it' {
  export default class MarkdownIt {
    constructor(options: { readonly html: boolean; readonly breaks: boolean; readonly linkify: boolean });
    render(text: string): string;
  }
}
