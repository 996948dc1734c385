/** Says in plain words that the corpus does not hold an answer: why, what was searched, what comes nearest, how to widen. */
import { counted } from "../reply/counted.ts";
import type { Block, Inline } from "../reply/reply.ts";
import { text } from "../reply/writing.ts";
import type { Answer, DeclineReason, NearestPassage } from "./answer.ts";

/** Why there is no answer, and what the asker can do about it. */
const words: Record<DeclineReason, { readonly why: string; readonly widen: string }> = {
  topic: {
    why: "No passage was found on what you ask about.",
    widen:
      "Try the words a report would use, or a name as the press spells it. If a document is missing, it has to be added first.",
  },
  speaker: {
    why: "No passage was found in which the speaker or outlet you name says this.",
    widen: "Ask without the name to see who does speak about it, or spell the name as the press does.",
  },
  combination: {
    why: "The parts of your question come up, but no passage was found that brings them together.",
    widen: "Ask about one part at a time to see what there is on each.",
  },
  kind: {
    why: "The subject comes up, but the figure, date, place, name or reason you ask for was not found.",
    widen: "Ask what is said about it, without asking for that detail.",
  },
};

/** Where nothing could be searched at all. */
const nothing = {
  why: "There was nothing to search: no document that may be used here meets the question’s limits.",
  widen: "Ask without a period or an outlet, or have documents added.",
};

/** The blocks of a decline; `name` is the line that names the source of a nearest passage. */
export function declineBlocks(answer: Answer, name: (nearest: NearestPassage) => readonly Inline[]): readonly Block[] {
  const { documents, passages } = answer.searched;
  const { why, widen } = documents === 0 ? nothing : words[answer.reason ?? "topic"];
  const searched = `Searched: ${counted(documents, "document")}, ${counted(passages, "passage")}.`;
  const nearest = answer.nearest.flatMap((one): Block[] => [
    { kind: "paragraph", content: name(one) },
    { kind: "quote", content: [text(one.quote)] },
  ]);
  return [
    { kind: "paragraph", content: [{ kind: "text", text: "Not in the corpus.", style: "strong" }, text(` ${why}`)] },
    ...(documents === 0 ? [] : [{ kind: "paragraph", content: [text(searched)] } as const]),
    ...(nearest.length === 0
      ? []
      : [{ kind: "heading", content: [text("Nearest passages – not an answer")] } as const]),
    ...nearest,
    { kind: "paragraph", content: [text(widen)] },
  ];
}
