/** The digest as data: what came in during a window, told as stories, with why each is there and what was left out. */
import type { Citation } from "../answer/answer.ts";
import type { Reply } from "../reply/reply.ts";

/** Documents that arrived after `since` and up to `until`, in milliseconds since the epoch. */
export interface DigestWindow {
  readonly since: number;
  readonly until: number;
}

/** What a digest is made of. The same request over the same corpus gives the same digest. */
export interface DigestRequest {
  /** Names the digest for good, as a delivery's id does; null: computed from what is in it. */
  readonly id: string | null;
  readonly window: DigestWindow;
  /** Only what the place may see. */
  readonly collections: readonly string[];
  /** What the channel wants to hear of, as somebody typed it; empty: everything. */
  readonly topics: readonly string[];
  /** Only these outlets; empty: all. */
  readonly outlets: readonly string[];
  /** IANA name; times are shown in it. */
  readonly timeZone: string;
}

/** A document as a digest names it. */
export interface DigestDocument {
  readonly document: string;
  readonly revision: number;
  /** As published. */
  readonly title: string;
  readonly outlet: string | null;
  readonly published: string | null;
  readonly url: string | null;
}

/** A document of a story besides the one that gave the headline. */
export interface Coverage extends DigestDocument {
  /** The document of the same story that it repeats nearly word for word, or null when it reports for itself. */
  readonly copyOf: string | null;
}

/** Outlets that give another number, date or wording for the same thing. */
export interface Disagreement {
  readonly kind: "number" | "date" | "wording";
  /** One a version, the one in the most outlets first; `text` is a slice of the quote of the citation `citation`. */
  readonly sides: readonly { readonly citation: number; readonly text: string; readonly outlets: readonly string[] }[];
}

/** What a story's place is computed from; each part is 0 to 1 but for `total`, the weighted sum. */
export interface StoryScore {
  readonly total: number;
  /** How many outlets report it independently: those that carry one text count once. */
  readonly independent: number;
  readonly outlets: number;
  readonly freshness: number;
  readonly topics: number;
  /** Those of the request's topics that the story is about. */
  readonly matched: readonly string[];
}

export interface DigestStory {
  /** The title of one of its documents, as published. */
  readonly headline: DigestDocument;
  /** Values of `Digest.citations[].n`, each an exact sentence; at least one, at most three. */
  readonly keySentences: readonly number[];
  readonly alsoIn: readonly Coverage[];
  readonly disagreements: readonly Disagreement[];
  /** Ids, the headline's first. */
  readonly documents: readonly string[];
  readonly score: StoryScore;
}

/** A story that is only named: it ranked below those told, holds no sentence to quote, or is on none of the channel's topics. */
export interface BriefStory {
  readonly headline: DigestDocument;
  readonly documents: readonly string[];
  readonly score: StoryScore;
  readonly reason: "no-room" | "nothing-to-quote" | "off-topic";
}

/** Why a document that arrived in the window is not in the digest. */
export type LeftOutReason =
  /** Its story ranked below those told and named. */
  | "no-room"
  /** Its story is on none of the channel's topics. */
  | "off-topic"
  /** Its outlet is not one of those asked for. */
  | "other-outlet"
  /** Published long before the window: an archive, not news. */
  | "old"
  /** It was ingested and prints no date: nobody can tell whether it is news. */
  | "undated"
  /** It was already there when its feed was added. */
  | "baseline"
  /** It holds no sentence that can be quoted. */
  | "nothing-to-quote";

export interface LeftOut extends DigestDocument {
  readonly reason: LeftOutReason;
  /** The score of its story, where it came as far as being ranked. */
  readonly score: StoryScore | null;
}

export interface Digest {
  readonly id: string;
  readonly window: DigestWindow;
  readonly timeZone: string;
  readonly collections: readonly string[];
  readonly topics: readonly string[];
  readonly outlets: readonly string[];
  /** The most important first; empty when nothing new came in. */
  readonly stories: readonly DigestStory[];
  readonly brief: readonly BriefStory[];
  readonly leftOut: readonly LeftOut[];
  /** Numbered from 1 through the whole digest. */
  readonly citations: readonly Citation[];
  /** What came in and was weighed: neither old, nor there before, nor from outlets that were not asked for. */
  readonly arrived: { readonly documents: number; readonly outlets: number };
}

/** Makes digests and puts them into words; `/digest` and the scheduler call it. */
export interface Digests {
  /** The digest of a request, not kept. */
  make(request: DigestRequest, signal?: AbortSignal): Promise<Digest>;
  /** Keeps a digest, so that it can be asked why; the same id again changes nothing. */
  keep(digest: Digest): Promise<void>;
  /** The message, and its thread: one part a story with every passage in its place. An empty digest is one line, no thread. */
  compose(digest: Digest): Promise<Reply>;
  /**
   * Why each story is there and why each document was left out; with `about`, only what has these words in its title.
   * Null when no digest of that id is kept, or not one of these collections.
   */
  why(id: string, collections: readonly string[], about: string | null): Promise<Reply | null>;
}

/** A kept digest in a list. */
export interface DigestSummary {
  readonly id: string;
  readonly window: DigestWindow;
  readonly timeZone: string;
  readonly stories: number;
  readonly documents: number;
  /** The headline of the first story, or null. */
  readonly headline: string | null;
}
