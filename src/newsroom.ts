/** The only door to the core: asks, runs commands, reads. */
import type { Answer, NearestPassage } from "./answer/answer.ts";
import { createAnswerer } from "./answer/answerer.ts";
import { citationUrl } from "./answer/citation-url.ts";
import { composeReply } from "./answer/compose.ts";
import { passageAround } from "./answer/passage-around.ts";
import { createAskCommand } from "./commands/ask.ts";
import { type CommandHandler, checkCommand } from "./commands/command-handler.ts";
import { createHelpCommand } from "./commands/help.ts";
import { createSourcesCommand } from "./commands/sources.ts";
import { starterCollection } from "./corpus/starter.ts";
import { NewsroomError } from "./errors.ts";
import { feedSummary } from "./feeds/feed-summary.ts";
import { measured } from "./measured-newsroom.ts";
import { createMeasures, type Measures } from "./measures.ts";
import type { Inquiry, Newsroom, Place } from "./ports.ts";
import type { Reply } from "./reply/reply.ts";
import type { Runtime } from "./runtime.ts";
import type { Search } from "./search/search.ts";
import { cacheDocuments } from "./store/cached-documents.ts";
import type { Store } from "./store/store.ts";
import { createSuggestions } from "./suggestions.ts";

export interface NewsroomDeps {
  readonly store: Store;
  readonly search: Search;
  readonly runtime: Runtime;
  /** Where our own pages are served, without a slash at its end, or null. */
  readonly publicUrl: string | null;
  /** Who is told of every question; nobody without it but those who watch the newsroom. */
  readonly measures?: Measures;
  /** The commands beside asking, sources and help. */
  readonly commands?: readonly CommandHandler[];
}

/** The longest question, in UTF-16 units. */
export const longestQuestion = 2000;
const usualClaims = 3;
const mostClaims = 20;
/** Outlets that the sentence about an unknown one names. */
const outletsNamed = 10;

/** What a place may see unless it is told otherwise. */
export const defaultCollections: readonly string[] = ["main"];

const dayMs = 86_400_000;

/** A thread's name in the store. */
function threadKey(place: Place): string | null {
  return place.thread === null ? null : JSON.stringify([place.adapter, place.workspace, place.channel, place.thread]);
}

/** Throws `bad-question` for a text that is none. */
function checkQuestion(text: string): string {
  const question = text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, " ")
    .trim();
  if (question === "")
    throw new NewsroomError(
      "bad-question",
      "There is no question in that. Ask in a sentence, for example: What did the report say about the harbour?",
    );
  if (question.length > longestQuestion) {
    throw new NewsroomError(
      "bad-question",
      `That question has ${question.length.toLocaleString("en")} characters; ask in at most ${longestQuestion.toLocaleString("en")}.`,
    );
  }
  if (!/[\p{L}\p{N}]/u.test(question)) {
    throw new NewsroomError(
      "bad-question",
      "There is no word in that question to look for. Name what you want to know about.",
    );
  }
  return question;
}

/** Makes the newsroom over a store and the search kept up from it. */
export function createNewsroom(deps: NewsroomDeps): Newsroom {
  const { store, search, publicUrl, runtime, commands = [], measures = createMeasures() } = deps;
  const document = cacheDocuments(store);
  // Words weigh by how rare they are in the whole index, so what a place may not see is a part of the corpus's state too.
  const fingerprint = async () => store.fingerprint(await store.collectionsInUse());
  const answer = createAnswerer({ search, document, fingerprint });
  const url = (cited: NearestPassage) => citationUrl(cited, { publicUrl });

  /** The starter corpus answers while nothing else has been ingested, and only then. */
  async function visible(collections: readonly string[]): Promise<readonly string[]> {
    const inUse = await store.collectionsInUse();
    const onlyStarter = inUse.every((name) => name === starterCollection);
    return onlyStarter ? [starterCollection] : collections.filter((name) => name !== starterCollection).toSorted();
  }

  async function compose(found: Answer): Promise<Reply> {
    const passages = new Map<NearestPassage, ReturnType<typeof passageAround>>();
    for (const cited of [...found.citations, ...found.nearest]) {
      const stored = await document(cited.document, cited.revision);
      if (stored) passages.set(cited, passageAround(stored, cited));
    }
    return composeReply(found, { url, passage: (cited) => passages.get(cited) ?? null });
  }

  const suggestions = createSuggestions({ store, answer });

  async function ask(inquiry: Inquiry, signal?: AbortSignal): Promise<Reply> {
    signal?.throwIfAborted();
    const text = checkQuestion(inquiry.text);
    const key = inquiry.place ? threadKey(inquiry.place) : null;
    const begun = key === null ? null : await store.context(key);
    const context =
      begun ?? (inquiry.follows === null ? null : ((await store.answer(inquiry.follows))?.context ?? null));
    const collections = await visible(inquiry.collections);
    const claims = Math.min(mostClaims, Math.max(1, inquiry.claims ?? usualClaims));
    const outlet = inquiry.outlet === undefined ? null : await knownOutlet(inquiry.outlet, collections);
    const found = await answer({ text, context, collections, claims, outlet });
    signal?.throwIfAborted();
    if (inquiry.place) await store.saveAnswer(found.answer, found.context, key);
    return compose(found.answer);
  }

  const counts = async ({ collections }: Pick<Inquiry, "collections">) => store.counts(await visible(collections));

  /** An outlet as the corpus writes it; throws `bad-question` where it has none of that name. */
  async function knownOutlet(name: string, collections: readonly string[]): Promise<string> {
    const wanted = name.trim().toLowerCase();
    const { outlets } = await store.counts(collections);
    const known = outlets.flatMap(({ outlet }) => (outlet === null ? [] : [outlet]));
    const found = known.find((outlet) => outlet.toLowerCase() === wanted);
    if (found !== undefined) return found;
    const some = known.slice(0, outletsNamed).join(", ");
    throw new NewsroomError(
      "bad-question",
      `The corpus has nothing from an outlet “${name.trim()}”.${some === "" ? "" : ` It has: ${some}${known.length > outletsNamed ? ", …" : ""}.`}`,
    );
  }

  const before: readonly CommandHandler[] = [
    createAskCommand({
      ask,
      counts,
      suggestions: async ({ collections }) => suggestions(await visible(collections)),
    }),
    createSourcesCommand({ store, visible, url }),
    ...commands,
  ];
  const handlers = [...before, createHelpCommand(before.map(({ spec }) => spec))];
  const named = (name: string) => handlers.find(({ spec }) => spec.name === name);

  const newsroom: Newsroom = {
    commands: handlers.map(({ spec }) => spec),
    ask,
    async run(command, inquiry, signal) {
      const handler = named(command.name);
      if (!handler) {
        throw new NewsroomError(
          "usage",
          `There is no command “${command.name}”. Try: ${handlers.map(({ spec }) => spec.name).join(", ")}.`,
        );
      }
      const given = command.name === "ask" ? { question: inquiry.text, ...command.options } : command.options;
      checkCommand(handler.spec, { ...command, options: given }, inquiry);
      return handler.run({ ...command, options: given }, inquiry, signal);
    },
    complete: async (option, prefix, inquiry) =>
      (await named(option.command)?.complete?.(option.option, prefix, inquiry)) ?? [],
    read: {
      counts: (collections) => counts({ collections }),
      documents: async (collections, page) => store.documents(await visible(collections), page),
      async document(id, collections, revision) {
        const found = await store.document(id, revision);
        return found && (await visible(collections)).includes(found.collection) ? found : null;
      },
      async revisions(id, collections) {
        const seen = await visible(collections);
        return (await store.revisions(id)).filter(({ collection }) => seen.includes(collection));
      },
      answer: async (id) => (await store.answer(id))?.answer ?? null,
      feeds: async (collections) => (await store.feeds(collections)).map(feedSummary),
      digests: (collections, page) => store.digests(collections, page),
      async digest(id, collections) {
        const found = await store.digest(id);
        return found?.collections.every((name) => collections.includes(name)) ? found : null;
      },
      arrivals: (collections, days) => store.itemsByDay(collections, runtime.now() - (days - 1) * dayMs),
    },
    async collections(place) {
      if (place.workspace === null) return defaultCollections;
      const channel =
        place.channel === null ? null : await store.allowed(place.adapter, place.workspace, place.channel);
      return channel ?? (await store.allowed(place.adapter, place.workspace, null)) ?? defaultCollections;
    },
    feedback: (feedback) => store.saveFeedback(feedback, runtime.now()),
    context: async (place) => {
      const key = threadKey(place);
      return key === null ? null : store.context(key);
    },
    watch: measures.watch,
    async ready() {
      await search.refresh();
      await search.search([], { collections: await visible(defaultCollections) }, 1);
    },
  };
  return measured(newsroom, measures, runtime);
}
