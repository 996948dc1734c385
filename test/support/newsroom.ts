/** A real newsroom over a test's own small documents: the embedded store in memory, the real search, the real answerer. */
import { onTestFinished } from "vitest";
import type { Answer } from "../../src/answer/answer.ts";
import type { SourceDocument } from "../../src/corpus/document.ts";
import { ingest } from "../../src/corpus/ingest.ts";
import type { ReadEvent } from "../../src/corpus/read-event.ts";
import { createNewsroom } from "../../src/newsroom.ts";
import type { Inquiry, Newsroom, Place } from "../../src/ports.ts";
import { createSearch } from "../../src/search/create-search.ts";
import type { Search } from "../../src/search/search.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { createTestRuntime } from "./runtime.ts";

export interface NewsroomUnderTest {
  readonly newsroom: Newsroom;
  readonly store: Store;
  readonly search: Search;
  /** Asks once, out of any conversation and of the collection `main` unless told otherwise. */
  ask(text: string, inquiry?: Partial<Inquiry>): Promise<Answer>;
  /** Keeps more documents, each in its own collection. */
  add(documents: readonly SourceDocument[]): Promise<void>;
  /** Happens by itself when the test ends; may be called before. */
  close(): Promise<void>;
}

/** What asking takes besides the text, when nothing special is wanted. */
export const plainInquiry: Omit<Inquiry, "text"> = {
  asker: null,
  place: null,
  follows: null,
  standing: "guest",
  timeZone: null,
  collections: ["main"],
};

/** A thread of an invented channel: questions asked in it follow one another. */
export function threadNamed(thread: string): Place {
  return { adapter: "test", workspace: "W", channel: "C", thread };
}

/** The documents as reading would give them. */
export async function* readEvents(documents: readonly SourceDocument[]): AsyncGenerator<ReadEvent> {
  for (const document of documents) yield { kind: "document", document, bytesDone: 0, bytesTotal: null };
}

/** Opens a newsroom over `documents`; with `path`, over what the database there already holds as well. */
export async function newsroomOver(
  documents: readonly SourceDocument[],
  { path = ":memory:", publicUrl = null }: { readonly path?: string; readonly publicUrl?: string | null } = {},
): Promise<NewsroomUnderTest> {
  const runtime = createTestRuntime();
  const store = await openSqliteStore({ path, runtime });
  const add = async (more: readonly SourceDocument[]) => {
    const { failures } = await ingest({ store, documents: readEvents(more), runtime });
    if (failures.length > 0) throw new Error(failures[0]!.sentence);
  };
  await add(documents);
  const search = await createSearch({ source: store, snapshot: null });
  const newsroom = createNewsroom({ store, search, runtime, publicUrl });
  let closing: Promise<void> | null = null;
  const close = () => (closing ??= search.close().finally(() => store.close()));
  onTestFinished(close);
  return {
    newsroom,
    store,
    search,
    add,
    close,
    async ask(text, inquiry = {}) {
      const { answer } = await newsroom.ask({ ...plainInquiry, ...inquiry, text });
      return answer!;
    },
  };
}
