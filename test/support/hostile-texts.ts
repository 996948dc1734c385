/** Texts of strangers who mean harm to a page. */
import { sourceDocument } from "./documents.ts";

const script = "<script>alert(1)</script>";
/** What has hurt others before, one thing a piece. */
export const hostilePieces: readonly string[] = [
  script,
  "<img src=x onerror=alert(1)>",
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  "javascript:alert(1)",
  "</title></mark></textarea></style></script>",
  "<!--",
  "]]>",
  "<base href=//evil.example>",
  "<meta http-equiv=refresh content=0;url=//evil.example>",
  "<a href=//evil.example>here</a>",
  "&lt;b&gt; &#60;script&#62; &amp;",
  "{{7*7}} <%= 7 %> %{7*7}",
  "\u202E\u2066\u200B\uFEFF",
  "\u0000\u001B[31m\u009B",
  "\uD800",
  "\uDC00x",
  "𝒜",
  "\r\n\r\nHTTP/1.1 200 OK\r\n",
  "harbour",
  " ",
];

/** A document made of it: title, outlet, language, address and text. */
export const hostileDocument = sourceDocument(
  "evil",
  `The mayor said that ${hostilePieces.slice(0, 12).join(" ")} the harbour is closed.\n\n${hostilePieces.join("\n\n")}\n\nThe harbour opened in May 2024, the mayor said.`,
  {
    title: `Harbour ${hostilePieces.join(" ")}`,
    outlet: `Gazette ${hostilePieces.join(" ")}`,
    url: 'https://news.example/a?b="><script>',
    language: '"><script>',
  },
);
