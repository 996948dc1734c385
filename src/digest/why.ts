/** Says why each story of a digest is there, and why each report that came in was left out. */
import { counted } from "../reply/counted.ts";
import { inertLine } from "../reply/inert.ts";
import type { Block, Inline, Reply } from "../reply/reply.ts";
import { strong, text } from "../reply/writing.ts";
import { words } from "../text/tokens.ts";
import type { DigestSurroundings } from "./compose.ts";
import type { Digest, DigestDocument, LeftOut, LeftOutReason, StoryScore } from "./digest.ts";
import { createMoments, type Moments } from "./moments.ts";
import { emphasis, inBrackets, listed, titled, type Wording } from "./story-words.ts";

/** So many reports are listed for each reason; a question about one finds it all the same. */
const listedForAReason = 8;

const reasons: Readonly<Record<LeftOutReason, string>> = {
  "no-room": "Ranked below the stories told",
  "off-topic": "On none of the channel's topics",
  "other-outlet": "From outlets that were not asked for",
  old: "Published long before",
  undated: "Ingested without a date, so nobody can tell whether they are news",
  baseline: "Already there when their feed was added",
  "nothing-to-quote": "Without a sentence that can be quoted",
};

const order = Object.keys(reasons) as readonly LeftOutReason[];
const percent = (share: number): string => `${Math.round(share * 100)}`;

/** "Score 62: 5 independent outlets (35), on migration (15), fresh (12)". */
function scoreWords(score: StoryScore): string {
  const parts = [
    counted(score.independent, "independent outlet"),
    ...(score.matched.length > 0 ? [`on ${listed(score.matched)}`] : []),
    `freshness ${percent(score.freshness)} of 100`,
  ];
  return `score ${percent(score.total)}: ${parts.join(", ")}`;
}

/** Whether a title or an outlet has every word of the question. */
function isAbout(wanted: readonly string[]): (document: DigestDocument) => boolean {
  return ({ title, outlet }) => {
    const found = new Set(words(`${title} ${outlet ?? ""}`).map((word) => word.text));
    return wanted.every((word) => found.has(word));
  };
}

function lineOf(document: DigestDocument, wording: Wording, why: string): readonly Inline[] {
  return [titled(document, wording), text(`${inBrackets(document, wording)}${why === "" ? "" : `: ${why}`}`)];
}

function storiesTold(digest: Digest, wording: Wording, about: (document: DigestDocument) => boolean): readonly Block[] {
  const items = digest.stories.flatMap((story, at): (readonly Inline[])[] => {
    if (!about(story.headline) && !story.alsoIn.some(about)) return [];
    const others = story.documents.length - 1;
    const size = others === 0 ? "" : `; ${counted(others, "more report")} in the same story`;
    return [[strong(`${at + 1}. `), ...lineOf(story.headline, wording, `${scoreWords(story.score)}${size}`)]];
  });
  const named = digest.brief
    .filter(({ headline }) => about(headline))
    .map((story) =>
      lineOf(
        story.headline,
        wording,
        `only named${story.reason === "nothing-to-quote" ? ", for want of a sentence to quote" : ""}, ${scoreWords(story.score)}`,
      ),
    );
  return listBlock("Why these are here", [...items, ...named]);
}

function listBlock(title: string, items: readonly (readonly Inline[])[]): readonly Block[] {
  if (items.length === 0) return [];
  return [
    { kind: "heading", content: [text(title)] },
    { kind: "list", items },
  ];
}

function storiesLeft(digest: Digest, wording: Wording, about: (document: DigestDocument) => boolean): readonly Block[] {
  const left = digest.leftOut.filter(about);
  return order.flatMap((reason) => {
    const list = left.filter((one) => one.reason === reason);
    const shown = list.slice(0, listedForAReason).map((one: LeftOut) => {
      const score = one.score === null ? "" : scoreWords(one.score);
      return lineOf(one, wording, score);
    });
    const more = list.length - shown.length;
    const rest: readonly (readonly Inline[])[] = more === 0 ? [] : [[emphasis(`and ${counted(more, "more report")}`)]];
    return listBlock(`${reasons[reason]}: ${counted(list.length, "report")}`, [...shown, ...rest]).slice(
      0,
      list.length === 0 ? 0 : 2,
    );
  });
}

function openingWords(digest: Digest, { dated }: Moments): string {
  const documents =
    digest.leftOut.length + [...digest.stories, ...digest.brief].flatMap((story) => story.documents).length;
  if (documents === 0)
    return `Nothing came in between ${dated(digest.window.since)} and ${dated(digest.window.until)}.`;
  return (
    `Between ${dated(digest.window.since)} and ${dated(digest.window.until)}, ${counted(documents, "report")} came in. ` +
    "A story's place comes from how many outlets report it independently (60 of 100), the channel's topics (25) and how fresh it is (15)."
  );
}

/** Why a digest is as it is; with `about`, only what has all these words in title or outlet. */
export function composeWhy(digest: Digest, about: string | null, { url }: Pick<DigestSurroundings, "url">): Reply {
  const moments = createMoments(digest.timeZone, digest.window.until);
  const wording: Wording = {
    moments,
    citations: new Map(),
    url: (document) => url({ ...document, quote: "", start: 0, end: 0 }),
  };
  const wanted = about === null ? [] : words(about).map((word) => word.text);
  const found = [...storiesTold(digest, wording, isAbout(wanted)), ...storiesLeft(digest, wording, isAbout(wanted))];
  const nothing: Block = {
    kind: "paragraph",
    content: [text(`Nothing that came in has “${inertLine(about ?? "")}” in its title.`)],
  };
  const opening: Block = { kind: "paragraph", content: [text(openingWords(digest, moments))] };
  const blocks = found.length === 0 && about !== null ? [nothing] : [opening, ...found];
  return { main: { blocks, sources: [], actions: [] }, thread: [], answer: null };
}
