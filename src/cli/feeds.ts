/** `feeds`: what an operator does with feeds on the command line. */
import { readFile, writeFile } from "node:fs/promises";
import { collectionFor } from "../commands/feeds.ts";
import { addedReply, importedReply, listReply, previewReply, saidReply } from "../commands/feeds-words.ts";
import { typed } from "../commands/typed.ts";
import { NewsroomError } from "../errors.ts";
import type { FeedRecord } from "../feeds/feed-record.ts";
import { feedTitle } from "../feeds/feed-summary.ts";
import type { FeedPreview } from "../feeds/keeper.ts";
import type { Polled } from "../feeds/poller.ts";
import type { OpenNewsroom } from "../open-newsroom.ts";
import type { Inquiry } from "../ports.ts";
import { counted } from "../reply/counted.ts";
import { inertJson, inertLine } from "../reply/inert.ts";
import { renderPlainText } from "../reply/plain-text.ts";
import type { Reply } from "../reply/reply.ts";
import { codeOfEnd, exitCodes } from "./exit-codes.ts";
import type { FeedsAsked } from "./feeds-arguments.ts";
import { openFor, type Work, watchStarter } from "./opening.ts";
import { layoutOf, printingTo } from "./printing.ts";

/** Who stands at the command line: an operator, who sees every collection. */
const operator: Inquiry = {
  text: "",
  asker: null,
  place: null,
  follows: null,
  collections: ["main"],
  standing: "manager",
  timeZone: null,
};
const asTyped = (line: string): string => typed(operator, line);

/** Says what came of it: as JSON when that is asked for, one object each, else in words. */
type Say = (objects: readonly unknown[], words: () => Reply) => Promise<void>;

/** Runs one of them; rejects as opening, the keeper and the store do. */
export async function runFeeds(work: Work, asked: FeedsAsked): Promise<number> {
  const { surroundings, invocation, config } = work;
  const print = printingTo(surroundings);
  const say: Say = async (objects, words) => {
    if (invocation.json) for (const object of objects) await print(`${inertJson(object)}\n`);
    else await print(`${renderPlainText(words().main, layoutOf(surroundings.output, config.noColour))}\n`);
  };
  const opened = await openFor(work);
  try {
    const tellOfStarter = await watchStarter(opened, surroundings);
    const code = await perform(work, opened, asked, say);
    await tellOfStarter();
    return code;
  } finally {
    await opened.close();
  }
}

async function perform(work: Work, opened: OpenNewsroom, asked: FeedsAsked, say: Say): Promise<number> {
  const { keeper } = opened.feeds;
  const { runtime, signal } = work.surroundings;
  switch (asked.what) {
    case "list": {
      const feeds = await keeper.list(null);
      await say(feeds, () => listReply(feeds, runtime.now(), asTyped));
      return exitCodes.done;
    }
    case "test": {
      const preview = await keeper.preview(asked.address, signal);
      await say([previewObject(preview)], () => previewReply(preview, asTyped));
      return exitCodes.done;
    }
    case "add": {
      const { address, article, outlet } = asked;
      const collection = collectionFor(asked.collection, operator);
      const added = await keeper.add({ typed: address, collection, article, outlet, by: null, where: null }, signal);
      await say([{ ...added.feed, items: added.report }], () => addedReply(added, runtime.now(), asTyped));
      return exitCodes.done;
    }
    case "import":
      return importFile(work, opened, asked.file, asked.collection, say);
    case "export":
      return exportFile(work, opened, asked.file);
    case "poll":
      return poll(work, opened, asked.all);
    case "remove":
    case "pause":
    case "resume":
      return change(opened, asked.what, asked.feed, say);
  }
}

async function change(
  { feeds: { keeper } }: OpenNewsroom,
  what: "remove" | "pause" | "resume",
  named: string,
  say: Say,
): Promise<number> {
  const all = what !== "remove" && named.trim().toLowerCase() === "all";
  const wanted: FeedRecord["state"] = what === "pause" ? "active" : "paused";
  const found = all
    ? (await keeper.records(null)).filter(({ state }) => state === wanted)
    : [await keeper.find(named, null)];
  for (const feed of found) await keeper[what](feed);
  const words = {
    remove: ["Removed: ", ". What it brought stays in the corpus; `forget ID` removes a document."],
    pause: ["Paused: ", ". Nothing is read from there until `feeds resume`."],
    resume: ["Resumed: ", ". The next reading is while Dateline serves, or now with `feeds poll`."],
  } as const;
  const titled = found.map((feed) => ({ title: feedTitle(feed) }));
  const objects = found.map(({ id, address }) => ({ [what]: id, address }));
  await say(objects, () => saidReply(words[what][0], titled, words[what][1]));
  return exitCodes.done;
}

function previewObject({ address, outcome, outlet, itemsADay, others }: FeedPreview): unknown {
  const { format, title, home, items } = outcome.feed;
  const shown = items.map(({ title: heading, url, published }) => ({ title: heading, url, published }));
  return { address, format, title, home, outlet, itemsADay, items: shown, others };
}

async function listText(opened: OpenNewsroom, file: string, signal: AbortSignal): Promise<string> {
  if (/^(?:https?|feed):/i.test(file)) return opened.feeds.web.text(file, signal);
  const { decodeFeed } = await import("../feeds/decode-feed.ts");
  try {
    return decodeFeed(await readFile(file), null);
  } catch (cause) {
    throw new NewsroomError("usage", `${inertLine(file)} cannot be read. Name an OPML file that is there.`, { cause });
  }
}

async function importFile(
  work: Work,
  opened: OpenNewsroom,
  file: string,
  named: string | undefined,
  say: Say,
): Promise<number> {
  const { readOpml } = await import("../feeds/opml.ts");
  const { keeper } = opened.feeds;
  const list = readOpml(await listText(opened, file, work.surroundings.signal));
  const usual = collectionFor(named, operator);
  const known = new Set(await keeper.collections());
  const imported = await keeper.importList(
    list,
    (category) => (named === undefined && category !== null && known.has(category) ? category : usual),
    { by: null, where: null },
  );
  const { repeated, unusable } = list;
  await say([{ added: imported.added, there: imported.there, repeated, unusable }], () =>
    importedReply(list, imported, asTyped),
  );
  return exitCodes.done;
}

async function exportFile(work: Work, { feeds: { keeper } }: OpenNewsroom, file: string | null): Promise<number> {
  const opml = await keeper.exportList(null);
  if (file === null) {
    await printingTo(work.surroundings)(opml);
    return exitCodes.done;
  }
  try {
    await writeFile(file, opml);
  } catch (cause) {
    throw new NewsroomError("usage", `${inertLine(file)} cannot be written. Name another file.`, { cause });
  }
  const count = counted((await keeper.list(null)).length, "feed");
  await printingTo(work.surroundings)(`Wrote ${count} to ${inertLine(file)}.\n`);
  return exitCodes.done;
}

/** "BBC News: 3 new, 1 changed" */
function polledWords({ feed, outcome, report }: Polled): string {
  if (outcome.kind === "failed" || outcome.kind === "gone") return outcome.sentence;
  const { added = 0, revised = 0, nearDuplicates = 0 } = report ?? {};
  if (added + revised === 0) return "nothing new";
  const known =
    feed.lastSuccessAt === null ? " (there already when it was first read: digests do not tell of them)" : "";
  const said = [
    added > 0 ? `${counted(added, "new item")}${known}` : null,
    revised > 0 ? `${counted(revised, "item")} changed` : null,
    nearDuplicates > 0 ? `${nearDuplicates} carrying the same text as another` : null,
  ];
  return said.filter((part) => part !== null).join(", ");
}

function polledObject({ feed, outcome, report }: Polled): unknown {
  const sentence = outcome.kind === "failed" || outcome.kind === "gone" ? outcome.sentence : null;
  const { added = 0, revised = 0, nearDuplicates = 0 } = report ?? {};
  return {
    id: feed.id,
    title: feedTitle(feed),
    outcome: outcome.kind,
    added,
    revised,
    nearDuplicates,
    problem: sentence,
  };
}

/** Resolves with 1 when a feed could not be read. */
async function poll(work: Work, { store, feeds }: OpenNewsroom, all: boolean): Promise<number> {
  const { runtime, signal, errors } = work.surroundings;
  const print = printingTo(work.surroundings);
  const records = await feeds.keeper.records(null);
  const active = records.filter(({ state }) => state === "active");
  if (all) for (const { id } of active) await store.changeFeed(id, { nextTryAt: runtime.now() });
  let printing: Promise<void> = Promise.resolve();
  let polled = 0;
  let failed = false;
  await feeds.poller.pollDue((one) => {
    polled += 1;
    failed ||= one.outcome.kind === "failed";
    const line = work.invocation.json
      ? inertJson(polledObject(one))
      : inertLine(`${feedTitle(one.feed)}: ${polledWords(one)}`);
    printing = printing.then(() => print(`${line}\n`));
  }, signal);
  await printing;
  if (signal.aborted) return codeOfEnd(signal);
  if (polled === 0) errors.write(`${nothingPolled(records, active)}\n`);
  return failed ? exitCodes.failure : exitCodes.done;
}

function nothingPolled(records: readonly FeedRecord[], active: readonly FeedRecord[]): string {
  if (records.length === 0) return "There is no feed yet. Add one: feeds add www.example.org";
  if (active.length === 0) return "Every feed is paused or gone. Switch one on: feeds resume ID";
  return "No feed is due now. To read them all the same: feeds poll --all";
}
