/** The core's commands beside asking: what adapters register, and what they reply. */
import type { NearestPassage } from "./answer/answer.ts";
import type { CommandSpec, DocumentSummary } from "./ports.ts";
import { publishedWords } from "./reply/published.ts";
import type { Block, Inline, Reply } from "./reply/reply.ts";
import type { DocumentStore } from "./store/store.ts";

/** Every command; an adapter has each of them under its own prefix. */
export const commands: readonly CommandSpec[] = [
  {
    name: "ask",
    help: "Answers from the newsroom's corpus, with a citation for every claim.",
    who: "everyone",
    options: [{ name: "question", help: "What you want to know.", required: true, kind: "text" }],
    example: "ask What did the report say about the harbour?",
  },
  {
    name: "sources",
    help: "Says what is in the corpus, from whom and how fresh.",
    who: "everyone",
    options: [],
    example: "sources",
  },
  {
    name: "help",
    help: "Says what can be asked, and how.",
    who: "everyone",
    options: [],
    example: "help",
  },
];

/** Documents listed by name; beyond that the outlets are counted. */
const mostListed = 20;
const pageSize = 500;

const text = (value: string): Inline => ({ kind: "text", text: value });
const strong = (value: string): Inline => ({ kind: "text", text: value, style: "strong" });
const paragraph = (...content: Inline[]): Block => ({ kind: "paragraph", content });

function plain(blocks: readonly Block[]): Reply {
  return { main: { blocks, sources: [], actions: [] }, thread: [], answer: null };
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

async function everyDocument(store: DocumentStore, collections: readonly string[]): Promise<DocumentSummary[]> {
  const all: DocumentSummary[] = [];
  for (let after: string | null = null; ; after = all.at(-1)!.id) {
    const page = await store.documents(collections, { limit: pageSize, after });
    all.push(...page);
    if (page.length < pageSize) return all;
  }
}

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

/** What the collections hold: how much, from whom, how fresh; each document by name when they are few. */
export async function sourcesReply(
  store: DocumentStore,
  collections: readonly string[],
  url: (cited: NearestPassage) => string | null,
): Promise<Reply> {
  const documents = await everyDocument(store, collections);
  if (documents.length === 0) {
    return plain([
      paragraph(text("The corpus is empty here. An operator feeds it with “ingest”, naming files or folders.")),
    ]);
  }
  const passages = documents.reduce((sum, document) => sum + document.passages, 0);
  const dates = documents.flatMap((document) => (document.published === null ? [] : [document.published])).toSorted();
  const fresh =
    dates.length === 0
      ? "None of them prints its date."
      : `Published from ${publishedWords(dates[0]!)} to ${publishedWords(dates.at(-1)!)}.`;
  const blocks: Block[] = [
    paragraph(
      strong(`${counted(documents.length, "document", "documents")}, ${counted(passages, "passage", "passages")}`),
      text(
        `, in ${collections.length === 1 ? "the collection" : "the collections"} ${collections.join(", ")}. ${fresh}`,
      ),
    ),
  ];
  if (documents.length <= mostListed) {
    blocks.push({ kind: "list", items: documents.map((document) => listed(document, url)) });
    return plain(blocks);
  }
  const outlets = new Map<string, number>();
  for (const { outlet } of documents)
    outlets.set(outlet ?? "outlet not given", (outlets.get(outlet ?? "outlet not given") ?? 0) + 1);
  const largest = [...outlets].toSorted((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
  blocks.push({
    kind: "list",
    items: largest
      .slice(0, mostListed)
      .map(([outlet, count]) => [strong(outlet), text(`: ${counted(count, "document", "documents")}`)]),
  });
  if (largest.length > mostListed)
    blocks.push(paragraph(text(`And ${counted(largest.length - mostListed, "more outlet", "more outlets")}.`)));
  return plain(blocks);
}

/** How to ask, and the commands. */
export function helpReply(): Reply {
  return plain([
    paragraph(
      text(
        "Ask a question in plain words, and the answer comes from this newsroom's own documents: word for word, with a citation for every claim.",
      ),
    ),
    {
      kind: "list",
      items: [
        [text("Name whose words you want: “What did the minister say about the harbour?”")],
        [text("Ask for one thing: who, when, where, how many, why.")],
        [text("Go on in the thread: “And what does it say about the costs?”")],
        [text("“Not in the corpus” means just that; the nearest passages are shown, and they are not an answer.")],
      ],
    },
    { kind: "list", items: commands.map((command) => [strong(command.name), text(`: ${command.help}`)]) },
  ]);
}
