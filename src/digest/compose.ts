/** Puts a digest into words: the message with its stories, and a thread with every cited passage in its place. */
import type { Citation, NearestPassage } from "../answer/answer.ts";
import { counted } from "../reply/counted.ts";
import type { Block, Inline, Reply, ReplyPart, Source } from "../reply/reply.ts";
import { strong, text } from "../reply/writing.ts";
import type { BriefStory, Digest, DigestDocument, DigestStory } from "./digest.ts";
import { createMoments, type Moments } from "./moments.ts";
import {
  briefLine,
  emphasis,
  inBrackets,
  listed,
  outletOf,
  storyBlocks,
  titled,
  titleOf,
  type Wording,
} from "./story-words.ts";

/** A quotation in its place: the words before it, itself, the words after it. */
export interface QuotedPassage {
  readonly before: string;
  readonly quote: string;
  readonly after: string;
}

/** What composing needs to know besides the digest itself. */
export interface DigestSurroundings {
  /** Where a citation opens at its words, or null. */
  readonly url: (cited: NearestPassage) => string | null;
  /** The quotation in its place; null when its document is gone: then the quotation stands alone. */
  readonly passage: (citation: Citation) => QuotedPassage | null;
}

function sourceOf(citation: Citation, url: DigestSurroundings["url"]): Source {
  const { n, title, outlet, published } = citation;
  return { n, label: outlet ?? title, title, published, url: url(citation), named: true };
}

function wordingOf(digest: Digest, { url }: DigestSurroundings): Wording {
  return {
    moments: createMoments(digest.timeZone, digest.window.until),
    citations: new Map(digest.citations.map((citation) => [citation.n, citation])),
    url: (document) => openingOf(document, url),
  };
}

/** Where a document opens at its beginning. */
function openingOf(document: DigestDocument, url: DigestSurroundings["url"]): string | null {
  return url({ ...document, quote: "", start: 0, end: 0 });
}

function windowWords({ window }: Digest, { moment }: Moments): string {
  return `since ${moment(window.since)}`;
}

/** The one line of a digest without a story. */
function emptyWords(digest: Digest, moments: Moments): string {
  const when = windowWords(digest, moments);
  const documents = digest.leftOut.length;
  if (documents === 0) return `Nothing new has come in ${when}.`;
  const wanted = digest.topics.length > 0 ? ` on ${listed(digest.topics)}` : "";
  const from = digest.outlets.length > 0 ? ` from ${listed(digest.outlets)}` : "";
  return `Nothing new${wanted}${from} has come in ${when}; ${counted(documents, "report")} came in and ${documents === 1 ? "was" : "were"} left out.`;
}

function titleBlocks(digest: Digest, moments: Moments): readonly Block[] {
  const { documents, outlets } = digest.arrived;
  const topics = digest.topics.length > 0 ? ` on ${listed(digest.topics)}` : "";
  const count = digest.stories.length || digest.brief.length;
  const line =
    `${count === 1 ? "1 story" : `${count} stories`}${topics} from ${counted(documents, "report")} by ` +
    `${counted(outlets, "outlet")} ${windowWords(digest, moments)}.`;
  return [
    { kind: "heading", content: [text(`News digest, ${moments.day(digest.window.until)}`)] },
    { kind: "paragraph", content: [text(line)] },
  ];
}

function briefBlocks(title: string, stories: readonly BriefStory[], wording: Wording): readonly Block[] {
  if (stories.length === 0) return [];
  return [
    { kind: "heading", content: [text(title)] },
    { kind: "list", items: stories.map((story) => briefLine(story, wording)) },
  ];
}

function footer(digest: Digest): readonly Block[] {
  const count = digest.leftOut.length;
  if (count === 0) return [];
  const line = `${counted(count, "report")} that came in ${count === 1 ? "is" : "are"} not shown; “/digest why” says why.`;
  return [{ kind: "paragraph", content: [emphasis(line)] }];
}

/** Each citation in its place; one that stands in a passage shown before it, alone. */
function passages(cited: readonly Citation[], surroundings: DigestSurroundings, moments: Moments): readonly Block[] {
  const shown = new Map<string, string>();
  return cited.flatMap((citation) => {
    const alone = { before: "", quote: citation.quote, after: "" };
    const earlier = shown.get(citation.document) ?? "";
    const passage = earlier.includes(citation.quote) ? alone : (surroundings.passage(citation) ?? alone);
    shown.set(citation.document, `${earlier}${passage.before}${passage.quote}${passage.after}`);
    return passageBlocks(citation, passage, surroundings, moments);
  });
}

/** The passage of a citation, with the quoted words marked, under the name of its source. */
function passageBlocks(
  citation: Citation,
  { before, quote, after }: QuotedPassage,
  surroundings: DigestSurroundings,
  moments: Moments,
): readonly Block[] {
  const address = surroundings.url(citation);
  const when = moments.published(citation.published);
  const details = [citation.outlet?.trim() ? titleOf(citation) : null, when].filter((one) => one !== null);
  const name: readonly Inline[] = [
    { kind: "cite", n: citation.n },
    text(" "),
    strong(outletOf(citation)),
    text(details.map((one) => `, ${one}`).join("")),
    ...(address === null ? [] : [text(" · "), { kind: "link", text: "open at these words", url: address } as const]),
  ];
  const content = [text(before), strong(quote), text(after)].filter((one) => one.kind !== "text" || one.text !== "");
  return [
    { kind: "paragraph", content: name },
    { kind: "quote", content },
  ];
}

/** The numbers of everything a story cites, each once. */
function numbersOf({ keySentences, disagreements }: DigestStory): readonly number[] {
  return [
    ...new Set([...keySentences, ...disagreements.flatMap(({ sides }) => sides.map(({ citation }) => citation))]),
  ];
}

/** What stands in the thread for a story: its passages, then every other document of it. */
function threadPart(story: DigestStory, wording: Wording, surroundings: DigestSurroundings): ReplyPart {
  const cited = numbersOf(story).map((n) => wording.citations.get(n)!);
  const quoted = new Set(cited.map(({ document }) => document));
  const rest = story.alsoIn.filter(({ document }) => !quoted.has(document));
  const others: readonly (readonly Inline[])[] = rest.map((coverage) => [
    titled(coverage, wording),
    text(inBrackets(coverage, wording, coverage.copyOf === null ? "" : "carries the text of another outlet")),
  ]);
  return {
    blocks: [
      { kind: "heading", content: [titled(story.headline, wording)] },
      ...passages(cited, surroundings, wording.moments),
      ...(others.length === 0
        ? []
        : ([
            { kind: "paragraph", content: [text("Also on this:")] },
            { kind: "list", items: others },
          ] as const)),
    ],
    sources: cited.map((citation) => sourceOf(citation, surroundings.url)),
    actions: [],
  };
}

/**
 * A digest as a reply: its stories, what else there was in a line each, what was left out as a count; in the thread one
 * part a story with every cited passage. A digest without a story is one line. Pure: the same input gives the same reply.
 */
export function composeDigest(digest: Digest, surroundings: DigestSurroundings): Reply {
  const wording = wordingOf(digest, surroundings);
  const { moments } = wording;
  const offTopic = digest.brief.filter(({ reason }) => reason === "off-topic");
  const lower = digest.brief.filter(({ reason }) => reason !== "off-topic");
  const isEmpty = digest.stories.length === 0 && lower.length === 0;
  const opening: readonly Block[] = isEmpty
    ? [{ kind: "paragraph", content: [text(emptyWords(digest, moments))] }]
    : titleBlocks(digest, moments);
  const numbers = new Set(digest.stories.flatMap(numbersOf));
  return {
    main: {
      blocks: [
        ...opening,
        ...digest.stories.flatMap((story) => storyBlocks(story, wording)),
        ...briefBlocks("In brief", lower, wording),
        ...briefBlocks("Outside your topics", offTopic, wording),
        ...(isEmpty ? [] : footer(digest)),
      ],
      sources: digest.citations
        .filter(({ n }) => numbers.has(n))
        .map((citation) => sourceOf(citation, surroundings.url)),
      actions: [],
    },
    thread: digest.stories.map((story) => threadPart(story, wording, surroundings)),
    answer: null,
  };
}
