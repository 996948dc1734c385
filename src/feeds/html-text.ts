/** Writes out the HTML of feeds as plain text, in one pass: as pages are written out, without building a page. */
import { markOf, silent, tidy } from "../corpus/read/page-text.ts";
import { withoutControls } from "./xml-entities.ts";
import { scanXml } from "./xml-scanner.ts";

/** Elements without an end tag; what follows one is not inside it. */
const voids = new Set("AREA BASE BR COL EMBED HR IMG INPUT LINK META PARAM SOURCE TRACK WBR".split(" "));

/** Elements that hold no text for people, closed or not. */
const raw = new Set(["SCRIPT", "STYLE"]);

/** `html` as plain text: a paragraph a line, blank lines between, scripts and the like left out. Linear in its length. */
export function htmlText(html: string): string {
  if (!/[<&]/.test(html)) return withoutControls(html).replace(/\s+/g, " ").trim();
  const out: string[] = [];
  /** The element that is being left out, and how many of its name are open inside one another. */
  let left: { readonly name: string; depth: number } | null = null;
  let preformatted = 0;
  const lower = html.toLowerCase();
  const closed = new Map<string, boolean>();
  /** Whether the element is closed anywhere; one that is not would leave out all the rest. */
  const isClosed = (name: string): boolean => {
    const known = closed.get(name) ?? lower.includes(`</${name.toLowerCase()}`);
    closed.set(name, known);
    return known;
  };
  scanXml(html, {
    open(name, _, empty) {
      const upper = name.toUpperCase();
      if (left) {
        if (upper === left.name && !empty) left.depth++;
        return;
      }
      if (silent.has(upper)) {
        if (!voids.has(upper) && !empty && (raw.has(upper) || isClosed(upper))) left = { name: upper, depth: 1 };
        return;
      }
      if (upper === "PRE" && !empty) preformatted++;
      out.push(markOf(upper));
    },
    close(name) {
      const upper = name.toUpperCase();
      if (left) {
        if (upper === left.name && --left.depth === 0) left = null;
        return;
      }
      if (upper === "PRE") preformatted = Math.max(0, preformatted - 1);
      const mark = markOf(upper);
      out.push(mark === "\n" ? "" : mark);
    },
    text(text) {
      if (!left) out.push(preformatted > 0 ? text : text.replace(/\s+/g, " "));
    },
    done: () => false,
  });
  return tidy(withoutControls(out.join("")));
}
