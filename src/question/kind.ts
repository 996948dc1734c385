/** Tells what kind of thing would answer a question, from its first words. English patterns; other questions are of kind "what". */
import type { Word } from "../text/tokens.ts";
import type { QuestionKind } from "./question.ts";
import { auxiliaries, numberNouns, personNouns, placeNouns, reasonNouns, timeNouns } from "./words.ts";

const measures = new Set([
  "long",
  "old",
  "tall",
  "high",
  "far",
  "big",
  "large",
  "deep",
  "wide",
  "fast",
  "heavy",
  "often",
  "hot",
  "cold",
  "quickly",
  "strong",
  "soon",
]);

function byNoun(noun: string): QuestionKind | null {
  if (timeNouns.has(noun)) return "when";
  if (placeNouns.has(noun)) return "where";
  if (personNouns.has(noun.replace(/s$/, ""))) return "who";
  if (numberNouns.has(noun)) return "how-many";
  if (reasonNouns.has(noun)) return "why";
  return null;
}

/** The kind of a question; `hasSpeaker` makes a plain "what" one for somebody's words. */
export function readKind(list: readonly Word[], hasSpeaker: boolean): QuestionKind {
  const text = list.map((word) => word.text);
  const first = text.findIndex((word) =>
    ["what", "which", "who", "whom", "whose", "when", "where", "why", "how"].includes(word),
  );
  if (first < 0) {
    if (text[0] !== undefined && auxiliaries.has(text[0])) return "whether";
    const noun =
      text.find(
        (word) =>
          !["the", "a", "an", "total", "exact", "name", "give", "list", "tell", "me", "us", "please"].includes(word),
      ) ?? "";
    return byNoun(noun) ?? (hasSpeaker ? "say" : "what");
  }
  if (first > 0 && auxiliaries.has(text[0]!)) return "whether";
  const word = text[first]!;
  const next = text[first + 1] ?? "";
  switch (word) {
    case "who":
    case "whom":
    case "whose":
      return "who";
    case "when":
      return "when";
    case "where":
      return "where";
    case "why":
      return "why";
    case "how":
      if (next === "many" || next === "much") return "how-many";
      if (next === "come") return "why";
      if (next === "long" && text[first + 2] === "ago") return "when";
      return measures.has(next) ? "how-many" : "how";
    default: {
      const rest = text
        .slice(first + 1)
        .filter((other) => !["the", "a", "an", "is", "are", "was", "were", "s"].includes(other));
      const kind =
        byNoun(next) ??
        byNoun(afterAdjective(text, first)) ??
        (auxiliaries.has(next) ? byNoun(nounOf(rest, text)) : null);
      if (kind !== null) return kind;
      const of = text.indexOf("of", first);
      if (
        /\bnames? of\b/.test(text.join(" ")) &&
        text.slice(of + 1, of + 5).some((other) => personNouns.has(other.replace(/s$/, "")))
      )
        return "who";
      if (hasSpeaker) return "say";
      return word === "which" ? "which" : "what";
    }
  }
}

/** The noun behind an adjective ("which German city"), when an auxiliary or a verb of motion follows it. */
function afterAdjective(text: readonly string[], first: number): string {
  const after = text[first + 3] ?? "";
  return auxiliaries.has(after) ? (text[first + 2] ?? "") : "";
}

/** After "what is the …": the noun, if the next word is "of", "that", "when" or an auxiliary ("what is the date of"). */
function nounOf(rest: readonly string[], text: readonly string[]): string {
  const noun = rest[0] ?? "";
  const after = text[text.indexOf(noun) + 1] ?? "";
  return ["of", "for", "that", "when", "in", "behind", "to", "between"].includes(after) || auxiliaries.has(after)
    ? noun
    : "";
}
