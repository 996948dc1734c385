/** Makes a digest: reads what came in during a window, clusters it, ranks the stories, tells the first and names the next. */
import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Citation } from "../answer/answer.ts";
import { starterCollection } from "../corpus/starter.ts";
import { foldOutlet } from "../search/filter.ts";
import type { ArrivedDocument, Store } from "../store/store.ts";
import { clusterReports } from "./clusters.ts";
import { originals } from "./copies.ts";
import type { BriefStory, Digest, DigestRequest, DigestStory, LeftOut, LeftOutReason } from "./digest.ts";
import { scoreStory } from "./ranking.ts";
import { type Report, readReport, timeOf } from "./report.ts";
import { createCitations, digestDocument, type RankedStory, reportsToRead, tellStory } from "./tell-story.ts";
import { createTermReader } from "./terms.ts";
import { readTopic } from "./topics.ts";

/** How many stories are told with their sentences, and how many more are named. */
const storiesTold = 7;
const storiesNamed = 5;
/** What was published so long before the window is an archive, not news. */
const oldMs = 3 * 86_400_000;

/** What making a digest needs of the store. */
export type DigestSource = Pick<Store, "arrived" | "document">;

/** Everything that came in, sorted into what may become a story and what may not. */
interface Arrivals {
  readonly reports: readonly Report[];
  readonly leftOut: readonly LeftOut[];
  readonly documents: number;
  readonly outlets: number;
}

function refusal(arrived: ArrivedDocument, request: DigestRequest, wanted: ReadonlySet<string>): LeftOutReason | null {
  const { outlet, published } = arrived.document.meta;
  if (arrived.baseline) return "baseline";
  if (wanted.size > 0 && !wanted.has(foldOutlet(outlet))) return "other-outlet";
  if (published === null && !arrived.byFeed) return "undated";
  const at = timeOf(published);
  return at !== null && at < request.window.since - oldMs ? "old" : null;
}

function asLeftOut({ document }: ArrivedDocument, reason: LeftOutReason): LeftOut {
  const { title, outlet, published, url } = document.meta;
  return { document: document.id, revision: document.revision, title, outlet, published, url, reason, score: null };
}

async function readArrivals(
  source: DigestSource,
  request: DigestRequest,
  signal: AbortSignal | undefined,
): Promise<Arrivals & { readonly groups: readonly (readonly number[])[] }> {
  const reader = createTermReader();
  const topics = request.topics.map(readTopic);
  const wanted = new Set(request.outlets.map(foldOutlet));
  const reports: Report[] = [];
  const leftOut: LeftOut[] = [];
  const outlets = new Set<string>();
  const collections = request.collections.filter((name) => name !== starterCollection);
  for await (const batch of source.arrived(collections, request.window)) {
    signal?.throwIfAborted();
    await nextTurn();
    for (const arrived of batch) {
      const reason = refusal(arrived, request, wanted);
      if (reason === null) {
        reports.push(readReport(arrived, reader, topics));
        outlets.add(foldOutlet(arrived.document.meta.outlet));
      } else leftOut.push(asLeftOut(arrived, reason));
    }
  }
  // In order of time, then of id: what the digest says must not depend on the order of arrival.
  reports.sort((a, b) => a.at - b.at || (a.document < b.document ? -1 : 1));
  const groups = await clusterReports(reports, reader);
  return { reports, leftOut, groups, documents: reports.length, outlets: outlets.size };
}

/** The best first; among equals the one whose first report is the latest, then by id. */
function inOrder(a: RankedStory, b: RankedStory): number {
  const [first, other] = [a.reports[0]!, b.reports[0]!];
  return b.score.total - a.score.total || other.at - first.at || (first.document < other.document ? -1 : 1);
}

function digestId(request: DigestRequest, told: readonly DigestStory[], named: readonly BriefStory[]): string {
  const content = JSON.stringify([request, told, named]);
  return `d-${createHash("sha256").update(content).digest("hex").slice(0, 16)}`;
}

/** Others get their turn after so many reports. */
const atOnce = 500;

async function rankStories(
  reports: readonly Report[],
  groups: readonly (readonly number[])[],
  request: DigestRequest,
): Promise<readonly RankedStory[]> {
  const ranked: RankedStory[] = [];
  let looked = 0;
  for (const group of groups) {
    looked += group.length;
    if (looked >= atOnce) {
      looked = 0;
      await nextTurn();
    }
    const list = group.map((at) => reports[at]!);
    const first = originals(list);
    ranked.push({ reports: list, first, score: scoreStory(list, first, request) });
  }
  return ranked.sort(inOrder);
}

/** What became of the stories: told, or left with a reason until it is decided which of them are named. */
interface Sorted {
  readonly stories: readonly DigestStory[];
  readonly citations: readonly Citation[];
  readonly rest: readonly { readonly story: RankedStory; readonly reason: BriefStory["reason"] }[];
}

/** Tells the first stories that are on the channel's topics and can be quoted. */
async function tellStories(
  source: DigestSource,
  ranked: readonly RankedStory[],
  onTopic: (story: RankedStory) => boolean,
  signal: AbortSignal | undefined,
): Promise<Sorted> {
  const citations = createCitations();
  const stories: DigestStory[] = [];
  const rest: { story: RankedStory; reason: BriefStory["reason"] }[] = [];
  for (const story of ranked) {
    signal?.throwIfAborted();
    if (!onTopic(story)) rest.push({ story, reason: "off-topic" });
    else if (stories.length >= storiesTold) rest.push({ story, reason: "no-room" });
    else {
      const read = await Promise.all(
        reportsToRead(story).map(({ document, revision }) => source.document(document, revision)),
      );
      const told = tellStory(
        story,
        read.filter((one) => one !== null),
        citations,
      );
      if (told) stories.push(told);
      else rest.push({ story, reason: "nothing-to-quote" });
    }
  }
  return { stories, citations: citations.list, rest };
}

/** The digest of a request. Rejects when `signal` aborts. */
export async function makeDigest(source: DigestSource, request: DigestRequest, signal?: AbortSignal): Promise<Digest> {
  const { reports, leftOut, groups, documents, outlets } = await readArrivals(source, request, signal);
  const ranked = await rankStories(reports, groups, request);
  const onTopic = (story: RankedStory) => request.topics.length === 0 || story.score.matched.length > 0;
  const { stories, citations, rest } = await tellStories(source, ranked, onTopic, signal);
  const named = nameRest(rest, stories.length > 0);
  const unnamed = rest.flatMap(({ story, reason }) =>
    named.has(story)
      ? []
      : story.reports.map((report): LeftOut => ({ ...digestDocument(report), reason, score: story.score })),
  );
  const brief = [...named.values()];
  return {
    id: request.id ?? digestId(request, stories, brief),
    window: request.window,
    timeZone: request.timeZone,
    collections: request.collections,
    topics: request.topics,
    outlets: request.outlets,
    stories,
    brief,
    leftOut: [...leftOut, ...unnamed],
    citations,
    arrived: { documents, outlets },
  };
}

/**
 * The next stories in rank are named. Of those on none of the channel's topics only what several outlets report, and only
 * beside what is on them: where there is nothing, nothing is said.
 */
function nameRest(rest: Sorted["rest"], anyTold: boolean): ReadonlyMap<RankedStory, BriefStory> {
  const wanted = rest.filter(({ reason }) => reason !== "off-topic");
  const others = rest.filter(({ story, reason }) => reason === "off-topic" && story.score.independent > 1);
  const worthNaming = anyTold || wanted.length > 0 ? [...wanted, ...others] : [];
  return new Map(
    worthNaming.slice(0, storiesNamed).map(({ story, reason }): [RankedStory, BriefStory] => {
      const headline = reportsToRead(story)[0]!;
      const documents = [headline, ...story.reports.filter((report) => report !== headline)];
      return [
        story,
        {
          headline: digestDocument(headline),
          documents: documents.map(({ document }) => document),
          score: story.score,
          reason,
        },
      ];
    }),
  );
}
