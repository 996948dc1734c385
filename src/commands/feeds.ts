/** `feeds`: which feeds bring news to a place's collections, and who may change that. */
import { isCollectionName } from "../corpus/read/meta-values.ts";
import { starterCollection } from "../corpus/starter.ts";
import { NewsroomError } from "../errors.ts";
import type { FeedRecord } from "../feeds/feed-record.ts";
import { feedTitle } from "../feeds/feed-summary.ts";
import type { FeedWeb } from "../feeds/feed-web.ts";
import type { FeedKeeper } from "../feeds/keeper.ts";
import type { OutlineList } from "../feeds/opml.ts";
import type { Command, Inquiry } from "../ports.ts";
import type { Reply } from "../reply/reply.ts";
import type { Runtime } from "../runtime.ts";
import { type CommandHandler, isOperator } from "./command-handler.ts";
import { feedsSpec } from "./feeds-spec.ts";
import { addedReply, exportedReply, importedReply, listReply, previewReply, saidReply } from "./feeds-words.ts";
import { typed } from "./typed.ts";

export interface FeedsCommandDeps {
  readonly keeper: FeedKeeper;
  readonly web: Pick<FeedWeb, "text">;
  readonly runtime: Pick<Runtime, "now">;
}

/** The collections whose feeds the asker sees; null: all. */
function scopeOf(inquiry: Inquiry): readonly string[] | null {
  return isOperator(inquiry) ? null : inquiry.collections;
}

/** The collection that was named, or the usual one; throws `usage` for one that this place may not see. */
export function collectionFor(named: string | undefined, inquiry: Inquiry): string {
  const seen = inquiry.collections.filter((name) => name !== starterCollection);
  const usual = seen.includes("main") || isOperator(inquiry) ? "main" : seen[0];
  const name = named?.trim() || usual;
  if (name === undefined) throw new NewsroomError("usage", "This place sees no collection that a feed could go into.");
  if (!isCollectionName(name)) {
    throw new NewsroomError("usage", "A collection’s name has letters, digits, “.”, “_” and “-”.");
  }
  if (name === starterCollection) {
    throw new NewsroomError("usage", "The starter corpus takes no feeds. Leave the collection out, or name another.");
  }
  if (isOperator(inquiry) || seen.includes(name)) return name;
  throw new NewsroomError("usage", `This place sees no collection “${name}”, only ${seen.join(", ")}.`);
}

/** Makes `feeds` over those who keep feeds. */
export function createFeedsCommand({ keeper, web, runtime }: FeedsCommandDeps): CommandHandler {
  async function chosen(inquiry: Inquiry, named: string): Promise<readonly FeedRecord[]> {
    if (named.trim().toLowerCase() !== "all") return [await keeper.find(named, scopeOf(inquiry))];
    return keeper.records(scopeOf(inquiry));
  }

  async function readList(given: string, signal?: AbortSignal): Promise<OutlineList> {
    const { readOpml } = await import("../feeds/opml.ts");
    if (given.includes("<opml")) return readOpml(given);
    const { addressesTyped } = await import("../feeds/discover.ts");
    return readOpml(await web.text(addressesTyped(given)[0]!, signal));
  }

  async function importList(options: Command["options"], inquiry: Inquiry, signal?: AbortSignal): Promise<Reply> {
    const usual = collectionFor(options.collection, inquiry);
    const found = await readList(options.list!, signal);
    const known = new Set(isOperator(inquiry) ? await keeper.collections() : inquiry.collections);
    const collectionOf = (category: string | null) =>
      options.collection === undefined && category !== null && known.has(category) && category !== starterCollection
        ? category
        : usual;
    const imported = await keeper.importList(found, collectionOf, { by: inquiry.asker, where: inquiry.place });
    return importedReply(found, imported, (line) => typed(inquiry, line));
  }

  async function run({ subcommand, options }: Command, inquiry: Inquiry, signal?: AbortSignal): Promise<Reply> {
    const named = options.feed ?? "";
    const asTyped = (line: string) => typed(inquiry, line);
    const titles = (feeds: readonly FeedRecord[]) => feeds.map((one) => ({ title: feedTitle(one) }));
    switch (subcommand) {
      case "test":
        return previewReply(await keeper.preview(options.address!, signal), asTyped);
      case "add": {
        const added = await keeper.add(
          {
            typed: options.address!,
            collection: collectionFor(options.collection, inquiry),
            article: options.article === "true",
            outlet: options.outlet?.trim() || null,
            by: inquiry.asker,
            where: inquiry.place,
          },
          signal,
        );
        return addedReply(added, runtime.now(), asTyped);
      }
      case "remove": {
        const found = await keeper.find(named, scopeOf(inquiry));
        await keeper.remove(found);
        return saidReply("Removed: ", titles([found]), ". What it brought stays in the corpus.");
      }
      case "pause": {
        const all = await chosen(inquiry, named);
        const found = all.length === 1 ? all : all.filter(({ state }) => state === "active");
        for (const one of found) await keeper.pause(one);
        return saidReply(
          "Paused: ",
          titles(found),
          `. Nothing is read from there until ${asTyped(`feeds resume ${found.length === 1 ? found[0]!.id : "all"}`)}`,
        );
      }
      case "resume": {
        const all = await chosen(inquiry, named);
        const found = all.length === 1 ? all : all.filter(({ state }) => state === "paused");
        for (const one of found) await keeper.resume(one);
        return saidReply("Resumed: ", titles(found), ". The next reading is within a minute, while Dateline serves.");
      }
      case "import":
        return importList(options, inquiry, signal);
      case "export": {
        const feeds = await keeper.list(scopeOf(inquiry));
        return exportedReply(await keeper.exportList(scopeOf(inquiry)), feeds.length);
      }
      default:
        return listReply(await keeper.list(scopeOf(inquiry)), runtime.now(), asTyped);
    }
  }

  async function complete(option: string, prefix: string, inquiry: Inquiry): Promise<readonly string[]> {
    const begun = prefix.trim().toLowerCase();
    if (option === "collection") return inquiry.collections.filter((name) => name.toLowerCase().startsWith(begun));
    if (option !== "feed") return [];
    const feeds = await keeper.list(scopeOf(inquiry));
    const titles = feeds.map(({ title }) => title);
    const isClear = (title: string) => titles.indexOf(title) === titles.lastIndexOf(title) && title.length <= 100;
    return feeds
      .filter(({ title, id }) => title.toLowerCase().includes(begun) || id.startsWith(begun))
      .map(({ title, id }) => (isClear(title) ? title : id));
  }

  return { spec: feedsSpec, run, complete };
}
