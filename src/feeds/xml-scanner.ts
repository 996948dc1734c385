/** Reads markup in one pass from left to right, however broken, in time linear in its length. */
import { withoutReferences } from "./xml-entities.ts";

/** What is told of the markup; DTD, comments and processing instructions are told to nobody, so no entity is ever expanded. */
export interface XmlHandler {
  /** A start tag; attribute names as written, values with references written out. */
  open(name: string, attributes: ReadonlyMap<string, string>, empty: boolean): void;
  close(name: string): void;
  /** Text with references written out, or the inside of a CDATA section. */
  text(text: string): void;
  /** Asked after every tag: whether the rest is of no interest. */
  done(): boolean;
}

const nameAt = /[A-Za-z_:\u0080-\uffff][^\s<>/="']*/y;
const gapAt = /[\s/"'=]*/y;
const attributeAt = /([^\s<>/="']+)(?:\s*(=)\s*)?/y;
const bareValueAt = /[^\s<>"']*/y;

/** Reads `xml` to its end, or to where a tag, a comment or a section begins that is never closed. */
export function scanXml(xml: string, handler: XmlHandler): void {
  const find = memoised(xml);
  let at = 0;
  while (at < xml.length && !handler.done()) {
    const next = xml.indexOf("<", at);
    if (next !== at) handler.text(withoutReferences(xml.slice(at, next < 0 ? xml.length : next)));
    if (next < 0) return;
    if (xml.startsWith("<!--", next)) at = after(find("-->", next + 4), 3);
    else if (xml.startsWith("<![CDATA[", next)) {
      const end = find("]]>", next + 9);
      handler.text(xml.slice(next + 9, end < 0 ? xml.length : end));
      at = after(end, 3);
    } else if (xml.startsWith("<!", next)) at = declarationEnd(xml, next + 2, find);
    else if (xml.startsWith("<?", next)) at = after(find(">", next + 2), 1);
    else if (xml.startsWith("</", next)) at = readEnd(xml, next + 2, handler, find);
    else at = readStart(xml, next + 1, handler, find);
    if (at < 0) return;
  }
}

/** Finds the next `what` at or after `from`, or -1; a search that failed once is not made again. */
type Find = (what: string, from: number) => number;

function memoised(xml: string): Find {
  const missing = new Set<string>();
  return (what, from) => {
    if (missing.has(what)) return -1;
    const found = xml.indexOf(what, from);
    if (found < 0) missing.add(what);
    return found;
  };
}

function after(found: number, length: number): number {
  return found < 0 ? -1 : found + length;
}

function nameFrom(xml: string, at: number): string | null {
  nameAt.lastIndex = at;
  return nameAt.exec(xml)?.[0] ?? null;
}

function readEnd(xml: string, at: number, handler: XmlHandler, find: Find): number {
  const name = nameFrom(xml, at);
  if (name !== null) handler.close(name);
  const end = find(">", at);
  return end < 0 ? -1 : end + 1;
}

/** Reads a start tag whose name begins at `at`; what only looks like one is text. */
function readStart(xml: string, at: number, handler: XmlHandler, find: Find): number {
  const name = nameFrom(xml, at);
  if (name === null) {
    handler.text("<");
    return at;
  }
  const attributes = new Map<string, string>();
  let here = at + name.length;
  for (;;) {
    gapAt.lastIndex = here;
    const gap = gapAt.exec(xml)![0];
    here += gap.length;
    if (here >= xml.length) return -1;
    if (xml[here] === ">" || xml[here] === "<") {
      handler.open(name, attributes, gap.includes("/"));
      // A tag that the next one cuts short counts as ended.
      return xml[here] === ">" ? here + 1 : here;
    }
    attributeAt.lastIndex = here;
    const match = attributeAt.exec(xml)!;
    here = attributeAt.lastIndex;
    if (match[2] === undefined) continue;
    const value = valueAt(xml, here, find);
    if (value === null) return -1;
    here = value.end;
    if (!attributes.has(match[1]!)) attributes.set(match[1]!, withoutReferences(value.text));
  }
}

/** An attribute's value at `at`, quoted or bare, and where it ends; null when its quote is never closed. */
function valueAt(xml: string, at: number, find: Find): { readonly text: string; readonly end: number } | null {
  const quote = xml[at];
  if (quote === '"' || quote === "'") {
    const end = find(quote, at + 1);
    return end < 0 ? null : { text: xml.slice(at + 1, end), end: end + 1 };
  }
  bareValueAt.lastIndex = at;
  const text = bareValueAt.exec(xml)![0];
  return { text, end: at + text.length };
}

/** The end of a declaration such as a DTD, with what stands in square brackets in it. */
function declarationEnd(xml: string, from: number, find: Find): number {
  let inBrackets = false;
  const stops = /[[\]>"']|<!--/g;
  stops.lastIndex = from;
  for (let stop = stops.exec(xml); stop; stop = stops.exec(xml)) {
    const mark = stop[0];
    if (mark === "[") inBrackets = true;
    else if (mark === "]") inBrackets = false;
    else if (mark === ">" && !inBrackets) return stops.lastIndex;
    else if (mark === '"' || mark === "'" || mark === "<!--") {
      const end = find(mark === "<!--" ? "-->" : mark, stops.lastIndex);
      if (end < 0) return -1;
      stops.lastIndex = end + 1;
    }
  }
  return -1;
}
