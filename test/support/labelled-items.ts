/** Reads the labelled news items of test/fixtures/digest (its README says what the lines mean). */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface LabelledItem {
  readonly id: string;
  readonly story: string;
  readonly outlet: string;
  readonly published: string;
  readonly title: string;
  readonly text: string;
  /** Carries a text that another item of its story carries too. */
  readonly copy: boolean;
}

export interface LabelledSet {
  readonly items: readonly LabelledItem[];
  /** What outlets disagree in, by story. */
  readonly disagreements: ReadonlyMap<string, { readonly kind: string; readonly sides: readonly string[] }>;
}

const folder = join(import.meta.dirname, "..", "fixtures", "digest");

/** One half of the set: `development` or `held-out`. */
export function readLabelledItems(half: "development" | "held-out"): LabelledSet {
  const items: LabelledItem[] = [];
  const disagreements = new Map<string, { kind: string; sides: readonly string[] }>();
  let story = "";
  const lines = readFileSync(join(folder, `${half}.txt`), "utf8").split("\n");
  for (let at = 0; at < lines.length; at++) {
    const [mark, ...words] = lines[at]!.split(" ");
    if (mark === "##") story = words.join(" ");
    else if (mark === "!") disagreements.set(story, { kind: words[0]!, sides: words.slice(1) });
    else if (mark === "@") {
      const [outlet, published, copy] = words.join(" ").split(", ") as [string, string, string?];
      const [title, text] = [lines[at + 1]!, lines[at + 2]!];
      const id = `${half}-${items.length + 1}`;
      items.push({ id, story, outlet, published, title, text, copy: copy === "copy" });
      at += 2;
    }
  }
  return { items, disagreements };
}
