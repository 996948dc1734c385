/** `sources`: what the corpus holds, from whom and how fresh. */
import type { NearestPassage } from "../answer/answer.ts";
import type { CommandSpec, CorpusCounts, DocumentSummary } from "../ports.ts";
import { counted } from "../reply/counted.ts";
import { publishedWords } from "../reply/published.ts";
import type { Block, Inline, Reply } from "../reply/reply.ts";
import { paragraph, plainReply, strong, text } from "../reply/writing.ts";
import type { DocumentStore } from "../store/store.ts";
import type { CommandHandler } from "./command-handler.ts";

const spec: CommandSpec = {
  name: "sources",
  help: "Says what is in the corpus, from whom and how fresh.",
  who: "everyone",
  private: false,
  options: [],
  subcommands: [],
  example: "sources",
};

/** Documents listed by name; beyond that the outlets are counted. */
const mostListed = 20;

function listed(document: DocumentSummary, url: (cited: NearestPassage) => string | null): Inline[] {
  const { id, revision, title, outlet, published } = document;
  const address = url({
    document: id,
    revision,
    title,
    outlet,
    published,
    url: document.url,
    quote: "",
    start: 0,
    end: 0,
  });
  const details = [
    outlet,
    published === null ? null : publishedWords(published),
    document.nearDuplicateOf === null ? null : "carries the same text as another",
  ];
  const after = details
    .filter((one) => one !== null)
    .map((one) => `, ${one}`)
    .join("");
  return [address === null ? strong(title) : { kind: "link", text: title, url: address }, text(`${after} (${id})`)];
}

function summary({ documents, passages, from, to }: CorpusCounts, collections: readonly string[]): Block {
  const fresh =
    from === null || to === null
      ? "None of them prints its date."
      : publishedWords(from) === publishedWords(to)
        ? `Published on ${publishedWords(from)}.`
        : `Published from ${publishedWords(from)} to ${publishedWords(to)}.`;
  return paragraph(
    strong(`${counted(documents, "document")}, ${counted(passages, "passage")}`),
    text(`, in ${collections.length === 1 ? "the collection" : "the collections"} ${collections.join(", ")}. ${fresh}`),
  );
}

function byOutlet({ outlets }: CorpusCounts): Block[] {
  const items = outlets
    .slice(0, mostListed)
    .map(({ outlet, documents }) => [
      strong(outlet ?? "outlet not given"),
      text(`: ${counted(documents, "document")}`),
    ]);
  const left = outlets.length - mostListed;
  return [{ kind: "list", items }, ...(left > 0 ? [paragraph(text(`And ${counted(left, "more outlet")}.`))] : [])];
}

export interface SourcesDeps {
  readonly store: Pick<DocumentStore, "counts" | "documents">;
  /** The collections of these that can be seen now. */
  visible(collections: readonly string[]): Promise<readonly string[]>;
  url(cited: NearestPassage): string | null;
}

/** Makes `sources`: how much there is, from whom, how fresh; each document by name when they are few. */
export function createSourcesCommand({ store, visible, url }: SourcesDeps): CommandHandler {
  async function run(allowed: readonly string[]): Promise<Reply> {
    const collections = await visible(allowed);
    const counts = await store.counts(collections);
    if (counts.documents === 0) {
      return plainReply(
        paragraph(text("The corpus is empty here. An operator feeds it with “ingest”, naming files or folders.")),
      );
    }
    if (counts.documents > mostListed) return plainReply(summary(counts, collections), ...byOutlet(counts));
    const documents = await store.documents(collections, { limit: mostListed, after: null });
    const items = documents.map((document) => listed(document, url));
    return plainReply(summary(counts, collections), { kind: "list", items });
  }
  return { spec, run: (_command, { collections }) => run(collections) };
}
