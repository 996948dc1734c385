/** What `feeds` takes, and who may: the part that adapters register. */
import type { CommandSpec, OptionSpec, SubcommandSpec } from "../ports.ts";

const address: OptionSpec = {
  name: "address",
  help: "The feed's address, or that of the site whose feed is looked for.",
  required: true,
  kind: "text",
};
const collection: OptionSpec = {
  name: "collection",
  help: "The collection that its items go into.",
  required: false,
  kind: "text",
  completes: true,
};
const feed: OptionSpec = {
  name: "feed",
  help: "Its id, its address or its title, as “feeds list” shows them.",
  required: true,
  kind: "text",
  completes: true,
};
const feedOrAll: OptionSpec = { ...feed, help: "Its id, its address or its title; or “all”." };
const article: OptionSpec = {
  name: "article",
  help: "Read each item's own page where the feed gives only its beginning.",
  required: false,
  kind: "flag",
};
const outlet: OptionSpec = {
  name: "outlet",
  help: "What its items are cited as; otherwise what the feed calls itself.",
  required: false,
  kind: "text",
};
const list: OptionSpec = {
  name: "list",
  help: "The address of an OPML list, or the list itself.",
  required: true,
  kind: "text",
};

const subcommands: readonly SubcommandSpec[] = [
  {
    name: "list",
    help: "Lists the feeds here, and how each fares.",
    who: "everyone",
    private: true,
    options: [],
    example: "feeds list",
  },
  {
    name: "test",
    help: "Looks at a feed before it is added: what it is, how much it brings, its newest items.",
    who: "members",
    private: true,
    options: [address],
    example: "feeds test www.example.org",
  },
  {
    name: "add",
    help: "Adds a feed: what it brings can be asked about, and digests tell of it.",
    who: "managers",
    private: false,
    options: [address, collection, article, outlet],
    example: "feeds add www.example.org/feed",
  },
  {
    name: "remove",
    help: "Removes a feed; what it brought stays in the corpus.",
    who: "managers",
    private: false,
    options: [feed],
    example: "feeds remove example-1a2b3c",
  },
  {
    name: "pause",
    help: "Stops reading a feed until it is resumed.",
    who: "managers",
    private: false,
    options: [feedOrAll],
    example: "feeds pause example-1a2b3c",
  },
  {
    name: "resume",
    help: "Reads a feed again that was paused, fails or is gone.",
    who: "managers",
    private: false,
    options: [feedOrAll],
    example: "feeds resume example-1a2b3c",
  },
  {
    name: "import",
    help: "Adds the feeds of an OPML list, as feed readers export it.",
    who: "managers",
    private: false,
    options: [list, collection],
    example: "feeds import https://www.example.org/feeds.opml",
  },
  {
    name: "export",
    help: "Gives the feeds here as an OPML list.",
    who: "members",
    private: true,
    options: [],
    example: "feeds export",
  },
];

/** The entry of the core's table. */
export const feedsSpec: CommandSpec = {
  name: "feeds",
  help: "Says which feeds bring the news here, adds and removes them.",
  who: "everyone",
  private: true,
  options: [],
  subcommands,
  example: "feeds add www.example.org/feed",
};
