/** Puts a story of a digest into words: its headline, its sentences with who says them, who else has it, what they disagree in. */
import type { Citation } from "../answer/answer.ts";
import { counted } from "../reply/counted.ts";
import type { Block, Inline } from "../reply/reply.ts";
import { strong, text } from "../reply/writing.ts";
import type { BriefStory, Coverage, DigestDocument, DigestStory, Disagreement } from "./digest.ts";
import type { Moments } from "./moments.ts";

/** What putting into words needs to know besides the digest itself. */
export interface Wording {
  readonly moments: Moments;
  /** By number. */
  readonly citations: ReadonlyMap<number, Citation>;
  /** Where a document opens, or null. */
  readonly url: (document: DigestDocument) => string | null;
}

export const emphasis = (value: string): Inline => ({ kind: "text", text: value, style: "emphasis" });

/** So many outlets are named in a line; the thread has them all. */
const outletsNamed = 8;

/** "A", "A and B", "A, B and C". */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Longer titles and names of outlets are no headlines and no names; where they are cut is seen. In graphemes. */
const longest = { title: 240, outlet: 80 } as const;
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** `words` without white space around it and at most `limit` graphemes long, with "…" where it was cut. */
function shortened(words: string, limit: number): string {
  const trimmed = words.trim();
  if (trimmed.length <= limit) return trimmed;
  const cut = [...graphemes.segment(trimmed.slice(0, limit * 8))].slice(0, limit).at(-1)!;
  const end = cut.index + cut.segment.length;
  return end < trimmed.length ? `${trimmed.slice(0, end).trimEnd()} …` : trimmed;
}

/** A title for showing: never empty, never endless. */
export function titleOf({ title }: Pick<DigestDocument, "title">): string {
  return shortened(title, longest.title) || "Untitled report";
}

/** A document's outlet for showing, or its title where it names none. */
export function outletOf({ outlet, title }: Pick<DigestDocument, "outlet" | "title">): string {
  return shortened(outlet ?? "", longest.outlet) || `“${titleOf({ title })}”`;
}

/** The title, as a link where the document opens anywhere. */
export function titled(document: DigestDocument, { url }: Wording): Inline {
  const address = url(document);
  const title = titleOf(document);
  return address === null ? text(title) : { kind: "link", text: title, url: address };
}

/** " (Harbour Post, 16:30, with 2 other outlets)"; empty where nothing is known. */
export function inBrackets(document: DigestDocument, wording: Wording, more = ""): string {
  const known = [sourceLine(document, wording), more].filter((one) => one !== "").join(", ");
  return known === "" ? "" : ` (${known})`;
}

/** "Harbour Post, 16:30". */
function sourceLine(document: DigestDocument, { moments }: Wording): string {
  const when = moments.published(document.published);
  return [shortened(document.outlet ?? "", longest.outlet), when]
    .filter((one) => one !== null && one !== "")
    .join(", ");
}

/** In quotation marks, unless the sentence brings the same ones: two of a kind inside each other cannot be read. */
function quoted(words: string): string {
  return /[“”„]/.test(words) ? words : `“${words}”`;
}

function sentence(n: number, { citations }: Wording): readonly Inline[] {
  const citation = citations.get(n)!;
  const words = citation.quote.replace(/\s+/gu, " ");
  return [text(`${outletOf(citation)}: ${quoted(words)} `), { kind: "cite", n }];
}

/** The outlets besides the headline's, each once, with those that carry its text behind it. */
function alsoIn({ headline, alsoIn: rest }: DigestStory): string | null {
  const seen = new Set([outletOf(headline)]);
  const fresh = (list: readonly Coverage[]) =>
    list.map(outletOf).filter((outlet) => !seen.has(outlet) && seen.add(outlet));
  const named = rest
    .filter(({ copyOf }) => copyOf === null)
    .flatMap((original): string[] => {
      const [outlet] = fresh([original]);
      const carriers = fresh(rest.filter(({ copyOf }) => copyOf === original.document));
      if (outlet === undefined) return carriers;
      return [carriers.length === 0 ? outlet : `${outlet} (also carried by ${listed(carriers)})`];
    });
  const carriers = fresh(rest.filter(({ copyOf }) => copyOf === headline.document));
  if (carriers.length > 0) named.unshift(`${listed(carriers)} (the same text)`);
  if (named.length === 0) return null;
  const more = named.length - outletsNamed;
  return more > 1 ? `${named.slice(0, outletsNamed).join(", ")} and ${more} more` : listed(named);
}

const differ: Readonly<Record<Disagreement["kind"], string>> = {
  number: "The figures differ: ",
  date: "The dates differ: ",
  wording: "The wording differs: ",
};

function disagreement({ kind, sides }: Disagreement, { citations, moments }: Wording): readonly Inline[] {
  const told = sides.flatMap(({ citation: n, text: words, outlets: named }, at): Inline[] => {
    const outlets = named.map((outlet) => shortened(outlet, longest.outlet));
    const when = moments.published(citations.get(n)!.published);
    const who = [
      outlets.length > 3 ? `${listed(outlets.slice(0, 1))} and ${outlets.length - 1} others` : listed(outlets),
      when,
    ];
    return [
      text(at === 0 ? "" : "; "),
      strong(`“${words.replace(/\s+/gu, " ")}”`),
      text(` ${who.filter((one) => one !== null && one !== "").join(", ")} `),
      { kind: "cite", n },
    ];
  });
  return [text(differ[kind]), ...told];
}

/** A story told: heading, where the headline is from, sentences, also in, disagreements. */
export function storyBlocks(story: DigestStory, wording: Wording): readonly Block[] {
  const others = alsoIn(story);
  const source = sourceLine(story.headline, wording);
  const lines = [
    ...story.keySentences.map((n) => sentence(n, wording)),
    ...story.disagreements.map((one) => disagreement(one, wording)),
    ...(others === null ? [] : [[text(`Also in ${others}.`)]]),
  ];
  return [
    { kind: "heading", content: [titled(story.headline, wording)] },
    ...(source === "" ? [] : [{ kind: "paragraph", content: [emphasis(source)] } as const]),
    { kind: "list", items: lines },
  ];
}

/** A story that is only named, in one line. */
export function briefLine(story: BriefStory, wording: Wording): readonly Inline[] {
  const { independent } = story.score;
  const more = independent > 1 ? `with ${counted(independent - 1, "other outlet")}` : "";
  return [titled(story.headline, wording), text(inBrackets(story.headline, wording, more))];
}
