/** Reads character references in markup: numbered ones, and every name that HTML knows. */
import { parseHTML } from "linkedom";

/** What names mean; null for names that mean nothing. HTML's own table is the parser's, so that it is not kept twice. */
const known = new Map<string, string | null>([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", "\u00a0"],
]);
/** HTML has some 2,200 names; a feed with more different ones is made to keep us busy. */
const maxNames = 4_000;

/** The characters of Windows-1252 at 0x80 to 0x9f, which references and Latin-1 texts mean when they name those. */
const windows1252 = new TextDecoder("windows-1252");

const reference = /&(?:#(?:[xX]([0-9a-fA-F]{1,8})|(\d{1,10}))|([A-Za-z][A-Za-z0-9]{0,31}));?/g;

/** `text` with its character references written out, once; a bare & and unknown names stay as they are. */
export function withoutReferences(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(reference, (whole: string, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return (whole.endsWith(";") || name in bare ? named(name) : null) ?? whole;
    return character(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
  });
}

/** Names that are read without their semicolon too. */
const bare: Readonly<Record<string, true>> = { amp: true, lt: true, gt: true, quot: true, nbsp: true };

function named(name: string): string | null {
  const seen = known.get(name);
  if (seen !== undefined || known.size >= maxNames) return seen ?? null;
  const { document } = parseHTML(`<!doctype html><html><body>&${name};</body></html>`);
  const text: string = document.body.textContent ?? "";
  const meaning = text === `&${name};` ? null : text;
  known.set(name, meaning);
  return meaning;
}

function character(code: number): string {
  if (code >= 0x80 && code < 0xa0) return windows1252.decode(Uint8Array.of(code));
  const valid = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return valid ? String.fromCodePoint(code) : "\ufffd";
}

/** `text` without the characters that XML does not allow, C1 controls read as the Windows-1252 they were meant to be. */
export function withoutControls(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]/g, "")
    .replace(/[\x80-\x9f]/g, (control) => windows1252.decode(Uint8Array.of(control.charCodeAt(0))));
}

/** `text` escaped to stand in XML or HTML, between tags or in a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) =>
    char === "&" ? "&amp;" : char === "<" ? "&lt;" : char === ">" ? "&gt;" : "&quot;",
  );
}
