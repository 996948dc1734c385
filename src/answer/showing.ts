/** How a claim is worded: the sentence as it stands, with what it leans on in square brackets before it. */
import type { Evidence } from "./evidence.ts";
import type { Sentence } from "./sentence.ts";

/** Words that point back when they open a sentence. */
const openings = new Set(["it", "he", "she", "they", "another", "one", "others", "some", "both"]);

/** The speaker at the root of what a sentence leans on. */
function rootSpeaker(evidence: Evidence): string | null {
  const { sentences } = evidence.passage.reading;
  let sentence: Sentence = evidence.sentence;
  for (let steps = 0; sentence.attribution.from !== null && steps < 8; steps++)
    sentence = sentences[sentence.attribution.from]!;
  return sentence.attribution.shown ?? evidence.sentence.attribution.shown;
}

function tidy(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

const closers: Readonly<Record<string, string>> = { "“": "”", "„": "“”", "«": "»", "»": "«", '"': '"' };
const openers: Readonly<Record<string, string>> = { "”": "“", "“": "„", "»": "«", "«": "»", '"': '"' };

/** The marks before and after `text` that its own want for a partner; `inside` when it begins inside a quotation. */
function partners(text: string, inside: boolean): { readonly before: string; readonly after: string } {
  const open: string[] = [];
  let before = inside ? null : "";
  for (const [mark] of text.matchAll(/["“”„«»]/g)) {
    const last = open.at(-1);
    if (last !== undefined && closers[last]!.includes(mark)) open.pop();
    else if (last !== undefined && mark === '"') continue;
    else if (before === null && open.length === 0 && (/["”»]/.test(mark) || !text.includes("”")))
      before = openers[mark]!;
    else if (mark !== "”") open.push(mark);
  }
  if (before === null) return { before: "“", after: "”" };
  return { before, after: open.length === 0 ? "" : (closers[open[0]!]!.at(-1) ?? "") };
}

/** Gives a sentence that begins or ends inside a quotation the mark that stands in another sentence. */
function requoted(sentence: Sentence, text: string): string {
  if (!sentence.insideQuotation && !/^["»]|[“„«]/.test(text)) return text;
  const { before, after } = partners(text, sentence.insideQuotation);
  return `${before}${text}${after}`;
}

/** Whether the sentence alone does not say who speaks: it is all quotation, or opens with a pronoun or "another". */
function leans(sentence: Sentence): boolean {
  if (sentence.attribution.from === null && sentence.attribution.strength !== "inherited") return false;
  const opening = sentence.words[0]?.text ?? "";
  return (
    sentence.insideQuotation ||
    sentence.words.every((word) => word.quoted) ||
    openings.has(opening) ||
    (sentence.words[0]?.quoted === true && sentence.attribution.from !== null)
  );
}

/**
 * What is shown of evidence and who says it. A sentence that leans on an announcing one gets its speaker before it in
 * square brackets; white space is folded, a quotation that runs over several sentences gets its marks.
 */
export function spokenBy(evidence: Evidence): { readonly text: string; readonly speaker: string | null } {
  const { sentence, passage } = evidence;
  const text = requoted(sentence, tidy(passage.document.text.slice(sentence.start, sentence.end)));
  const speaker = rootSpeaker(evidence);
  if (speaker === null) return { text, speaker: null };
  const shown = tidy(speaker);
  if (!leans(sentence)) return { text, speaker: sentence.attribution.strength === "explicit" ? shown : null };
  if (text.toLowerCase().includes(shown.toLowerCase())) return { text, speaker: shown };
  return { text: `[${shown[0]!.toUpperCase()}${shown.slice(1)}:] ${text}`, speaker: shown };
}
