/** Takes a forgotten document out of a digest: its titles, its sentences, and what was said of them. */
import type { Digest, DigestStory } from "../digest/digest.ts";

/**
 * `digest` without a word of the document `id`. A story that leaned on it alone goes; one whose headline it gave takes the
 * title of the next document. Citations keep their numbers.
 */
export function withoutDocument(digest: Digest, id: string): Digest {
  const citations = digest.citations.filter(({ document }) => document !== id);
  const kept = new Set(citations.map(({ n }) => n));
  return {
    ...digest,
    citations,
    stories: digest.stories.map((story) => storyWithout(story, id, kept)).filter((story) => story !== null),
    brief: digest.brief.flatMap((story) => {
      if (story.headline.document === id) return [];
      return [{ ...story, documents: story.documents.filter((document) => document !== id) }];
    }),
    leftOut: digest.leftOut.filter(({ document }) => document !== id),
  };
}

function storyWithout(story: DigestStory, id: string, kept: ReadonlySet<number>): DigestStory | null {
  if (!story.documents.includes(id)) return story;
  const rest = story.alsoIn
    .filter(({ document }) => document !== id)
    .map((coverage) => (coverage.copyOf === id ? { ...coverage, copyOf: null } : coverage));
  const [next, ...others] = rest;
  const isHeadline = story.headline.document === id;
  const keySentences = story.keySentences.filter((n) => kept.has(n));
  if (keySentences.length === 0 || (isHeadline && next === undefined)) return null;
  return {
    ...story,
    headline: isHeadline && next ? headlineOf(next) : story.headline,
    keySentences,
    alsoIn: isHeadline ? others : rest,
    disagreements: story.disagreements
      .map((disagreement) => ({
        ...disagreement,
        sides: disagreement.sides.filter(({ citation }) => kept.has(citation)),
      }))
      .filter(({ sides }) => sides.length > 1),
    documents: story.documents.filter((document) => document !== id),
  };
}

function headlineOf({ document, revision, title, outlet, published, url }: DigestStory["headline"]) {
  return { document, revision, title, outlet, published, url };
}
