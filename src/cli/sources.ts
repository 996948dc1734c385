/** `sources`, `forget`, `collections`: what an operator sees and decides about the corpus. */
import { starterCollection } from "../corpus/starter.ts";
import { NewsroomError } from "../errors.ts";
import type { OpenNewsroom } from "../open-newsroom.ts";
import type { DocumentSummary } from "../ports.ts";
import { counted } from "../reply/counted.ts";
import { inertJson, inertLine } from "../reply/inert.ts";
import { renderPlainText } from "../reply/plain-text.ts";
import type { PlaceArguments } from "./arguments.ts";
import { exitCodes } from "./exit-codes.ts";
import { answeringCollections, openFor, type Work } from "./opening.ts";
import { layoutOf, printingTo } from "./printing.ts";

const pageSize = 500;

/** Every current document of these collections, in order of id. */
async function* documentsOf(opened: OpenNewsroom, collections: readonly string[]): AsyncGenerator<DocumentSummary> {
  for (let after: string | null = null; ; ) {
    const page = await opened.store.documents(collections, { limit: pageSize, after });
    yield* page;
    if (page.length < pageSize) return;
    after = page.at(-1)!.id;
  }
}

async function withOpen(work: Work, use: (opened: OpenNewsroom) => Promise<number>): Promise<number> {
  const opened = await openFor(work);
  try {
    return await use(opened);
  } finally {
    await opened.close();
  }
}

/** Lists the documents that answer, whatever their collection; with `--json` one object a document. */
export function runSources(work: Work): Promise<number> {
  const { surroundings, invocation, config } = work;
  const print = printingTo(surroundings);
  return withOpen(work, async (opened) => {
    const collections = await answeringCollections(opened);
    if (invocation.json) {
      for await (const document of documentsOf(opened, collections)) await print(`${inertJson(document)}\n`);
      return exitCodes.done;
    }
    const inquiry = {
      text: "",
      asker: null,
      place: null,
      follows: null,
      standing: "manager" as const,
      timeZone: null,
      collections,
    };
    const reply = await opened.newsroom.run({ name: "sources", subcommand: null, options: {} }, inquiry);
    await print(`${renderPlainText(reply.main, layoutOf(surroundings.output, config.noColour))}\n`);
    return exitCodes.done;
  });
}

/** Removes a document for good; rejects with `not-found` where there is none of that id. */
export function runForget(work: Work, id: string): Promise<number> {
  return withOpen(work, async (opened) => {
    const document = await opened.store.document(id);
    if (!document || !(await opened.store.forget(id))) {
      throw new NewsroomError(
        "not-found",
        `There is no document ${inertLine(id)}. \`sources\` lists every document with its id.`,
      );
    }
    // The index and its snapshot on the disk must not keep words of it either.
    await opened.search.refresh();
    const line = work.invocation.json
      ? inertJson({ forgotten: id, title: document.meta.title })
      : `Forgotten: ${inertLine(document.meta.title)} (${id}), its revisions and its passages.`;
    await printingTo(work.surroundings)(`${line}\n`);
    if (document.collection === starterCollection) {
      work.surroundings.errors.write(
        "It is one of the starter corpus; delete its file from seeds/ as well, or it comes back.\n",
      );
    }
    return exitCodes.done;
  });
}

/** "On slack, channel C1 of T1". */
function placeWords({ adapter, workspace, channel }: PlaceArguments): string {
  return inertLine(`On ${adapter}, ${channel === null ? "workspace" : `channel ${channel} of`} ${workspace}`);
}

/** Lists the collections with the number of their documents, then which places see others than `main`. */
export function runCollections(work: Work): Promise<number> {
  const print = printingTo(work.surroundings);
  return withOpen(work, async (opened) => {
    for (const name of await opened.store.collectionsInUse()) {
      let documents = 0;
      for await (const _ of documentsOf(opened, [name])) documents += 1;
      const line = work.invocation.json
        ? inertJson({ collection: name, documents })
        : `${name}: ${counted(documents, "document")}`;
      await print(`${line}\n`);
    }
    for (const permission of await opened.store.permissions()) {
      const { collections } = permission;
      const line = work.invocation.json
        ? inertJson(permission)
        : `${placeWords(permission)} sees: ${collections.join(", ") || "nothing"}`;
      await print(`${line}\n`);
    }
    return exitCodes.done;
  });
}

/** Lets a place see these collections and no others; rejects with `usage` for a platform that there is not. */
export async function runAllow(work: Work, place: PlaceArguments, collections: readonly string[]): Promise<number> {
  const known = ["terminal", ...work.surroundings.platforms.map(({ name }) => name)];
  // A slip of the pen would leave the place that was meant as open as it was.
  if (!known.includes(place.adapter))
    throw new NewsroomError("usage", `There is no platform “${place.adapter}”; there is ${known.join(", ")}.`);
  return withOpen(work, async (opened) => {
    const known = new Set(await opened.store.collectionsInUse());
    await opened.store.allow(place.adapter, place.workspace, place.channel, collections);
    const line = work.invocation.json
      ? inertJson({ ...place, collections })
      : `${placeWords(place)} now sees: ${collections.join(", ")}.`;
    await printingTo(work.surroundings)(`${line}\n`);
    const empty = collections.filter((name) => !known.has(name));
    if (empty.length > 0) work.surroundings.errors.write(`Nothing has been ingested yet into: ${empty.join(", ")}.\n`);
    return exitCodes.done;
  });
}
