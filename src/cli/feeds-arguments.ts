/** What `feeds` takes on the command line. */
import type { Command } from "commander";

/** What is asked of `feeds`. */
export type FeedsAsked =
  | { readonly what: "list" }
  | { readonly what: "test"; readonly address: string }
  | {
      readonly what: "add";
      readonly address: string;
      readonly collection: string | undefined;
      readonly article: boolean;
      readonly outlet: string | null;
    }
  | { readonly what: "remove" | "pause" | "resume"; readonly feed: string }
  | { readonly what: "import"; readonly file: string; readonly collection: string | undefined }
  | { readonly what: "export"; readonly file: string | null }
  | { readonly what: "poll"; readonly all: boolean };

/** Adds `feeds` and its subcommands; `collectionName` refuses what can be no collection's name. */
export function addFeeds(
  program: Command,
  choose: (asked: FeedsAsked) => void,
  collectionName: (value: string) => string,
): void {
  const feeds = program
    .command("feeds")
    .summary("list, add, test, switch and remove the feeds that bring news, poll them once")
    .action(() => choose({ what: "list" }));
  feeds
    .command("list", { isDefault: true })
    .summary("(default) list the feeds, and how each fares")
    .action(() => choose({ what: "list" }));
  feeds
    .command("test")
    .summary("look at a feed, or at the site that has one, without adding it")
    .argument("<address>", "the feed’s address, or the site’s")
    .action((address: string) => choose({ what: "test", address }));
  feeds
    .command("add")
    .summary("add a feed; what it brings goes into the corpus")
    .argument("<address>", "the feed’s address, or the site’s")
    .option("--collection <name>", "keep what it brings in this collection (default: main)", collectionName)
    .option("--article", "read each item’s own page where the feed gives only its beginning")
    .option("--outlet <name>", "what its items are cited as (default: what the feed calls itself)")
    .action((address: string, flags: { collection?: string; article?: true; outlet?: string }) => {
      const { collection, article = false, outlet = null } = flags;
      choose({ what: "add", address, collection, article, outlet });
    });
  for (const [what, summary, argument] of [
    ["remove", "remove a feed; what it brought stays in the corpus", "<feed>"],
    ["pause", "stop reading a feed until it is resumed", "<feed>"],
    ["resume", "read a feed again that was paused, fails or is gone", "<feed>"],
  ] as const) {
    const all = what === "remove" ? "" : "; or “all”";
    feeds
      .command(what)
      .summary(summary)
      .argument(argument, `its id, address or title${all}`)
      .action((feed: string) => choose({ what, feed }));
  }
  feeds
    .command("import")
    .summary("add the feeds of an OPML list, as feed readers export it")
    .argument("<file>", "a file or an address")
    .option("--collection <name>", "keep what they bring in this collection", collectionName)
    .action((file: string, flags: { collection?: string }) =>
      choose({ what: "import", file, collection: flags.collection }),
    );
  feeds
    .command("export")
    .summary("write the feeds as an OPML list")
    .argument("[file]", "the file to write; without one, the output")
    .action((file?: string) => choose({ what: "export", file: file ?? null }));
  feeds
    .command("poll")
    .summary("read the feeds that are due once, and say what they brought (`serve` does this by itself)")
    .option("--all", "read all that are not paused, due or not")
    .action((flags: { all?: true }) => choose({ what: "poll", all: flags.all ?? false }));
}
