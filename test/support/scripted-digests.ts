/** Digests whose contents a test decides: they stand at the port, over no corpus. */
import type { Digest, DigestRequest, Digests } from "../../src/digest/digest.ts";
import type { ReplyPart } from "../../src/reply/reply.ts";
import { notice } from "./scripted-newsroom.ts";

export interface ScriptedDigests extends Digests {
  /** What was asked for, in order. */
  readonly made: readonly DigestRequest[];
  /** The ids of those kept. */
  readonly kept: readonly string[];
  /** How many stories the next ones tell; 2 at first. */
  stories: number;
  /** What making the next ones fails with; null: nothing. */
  fault: Error | null;
}

/** A digest of so many stories, each of one document `s-1`, `s-2`, … */
function digestOf(request: DigestRequest, stories: number): Digest {
  const { window, timeZone, collections, topics, outlets } = request;
  const id = request.id ?? `g-${window.since}-${window.until}`;
  return {
    ...{ id, window, timeZone, collections, topics, outlets },
    stories: Array.from({ length: stories }, (_, i) => {
      const document = `s-${i + 1}`;
      const headline = { document, revision: 1, title: document, outlet: null, published: null, url: null };
      const score = { total: 1, independent: 1, outlets: 1, freshness: 1, topics: 0, matched: [] };
      return { headline, keySentences: [], alsoIn: [], disagreements: [], documents: [document], score };
    }),
    brief: [],
    leftOut: [],
    citations: [],
    arrived: { documents: stories, outlets: 1 },
  };
}

/** Makes them; each composes to “Digest ID” and, in its thread, a part a story. */
export function createScriptedDigests(): ScriptedDigests {
  const made: DigestRequest[] = [];
  const kept = new Map<string, Digest>();
  const part = (text: string): ReplyPart => notice(text);
  const digests = {
    made,
    get kept() {
      return [...kept.keys()];
    },
    stories: 2,
    fault: null as Error | null,
    async make(request: DigestRequest) {
      made.push(request);
      if (digests.fault) throw digests.fault;
      return digestOf(request, digests.stories);
    },
    async keep(digest: Digest) {
      if (!kept.has(digest.id)) kept.set(digest.id, digest);
    },
    async compose({ id, stories }: Digest) {
      const thread = stories.map(({ headline }) => part(`Story ${headline.document} of ${id}`));
      return { main: part(stories.length === 0 ? `Nothing new in ${id}` : `Digest ${id}`), thread, answer: null };
    },
    async why(id: string, _collections: readonly string[], about: string | null) {
      return kept.has(id) ? { main: part(`Why ${id}: ${about ?? "everything"}`), thread: [], answer: null } : null;
    },
  };
  return digests;
}
