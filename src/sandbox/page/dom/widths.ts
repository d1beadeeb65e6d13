/** Where the page changes its shape; the style sheet narrow.css has the same widths. */
export const WIDE = matchMedia('(min-width: 1200px)');
export const PHONE = matchMedia('(max-width: 639px)');
