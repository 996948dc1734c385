/** Cuts a line into words quickly and roughly, for weighing lines; what is searched is cut by text/tokens.ts. */

/** A word: folded to compare with lists, in lower case with its accents to stem. */
export interface PlainWord {
  readonly text: string;
  readonly accented: string;
  readonly start: number;
}

/** The runs of letters and figures of `content`. */
export function plainWords(content: string): PlainWord[] {
  const found: PlainWord[] = [];
  const pattern = /[\p{L}\p{M}\p{N}]+/gu;
  for (let match = pattern.exec(content); match; match = pattern.exec(content)) {
    const accented = match[0].toLowerCase();
    found.push({ text: withoutAccents(accented), accented, start: match.index });
  }
  return found;
}

function withoutAccents(word: string): string {
  return /^[a-z0-9]*$/.test(word) ? word : word.normalize("NFD").replace(/\p{M}/gu, "");
}
