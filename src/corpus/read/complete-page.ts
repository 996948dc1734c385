/** Writes out the html, head and body tags that HTML lets authors leave out and that the parser does not supply. */

/** What may stand in a head, one piece at a time. */
const headPiece =
  /\s+|<!--[\s\S]*?-->|<!doctype[^>]*>|<\/?(?:html|head)(?:\s[^>]*)?>|<(?:meta|link|base)(?:\s[^>]*)?>|<(title|style|script|noscript)(?:\s[^>]*)?>[\s\S]*?<\/\1\s*>/iy;

/** The same page with its html, head and body elements written out. */
export function completePage(html: string): string {
  if (/<html[\s>]/i.test(html) && /<body[\s>]/i.test(html)) return html;
  const attributes = /<html(\s[^>]*)>/i.exec(html.slice(0, 20_000))?.[1] ?? "";
  let end = 0;
  for (;;) {
    headPiece.lastIndex = end;
    if (!headPiece.test(html)) break;
    end = headPiece.lastIndex;
  }
  const head = html.slice(0, end).replace(/<!doctype[^>]*>|<\/?(?:html|head)(?:\s[^>]*)?>/gi, "");
  const body = html.slice(end).replace(/<\/(?:body|html)\s*>/gi, "");
  const wrapped = /^<body[\s>]/i.test(body) ? `${body}</body>` : `<body>${body}</body>`;
  return `<!doctype html><html${attributes}><head>${head}</head>${wrapped}</html>`;
}
