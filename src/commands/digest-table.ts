/** The entry of `digest` in the command table. */
import type { CommandSpec, OptionSpec, SubcommandSpec } from "../ports.ts";

/** What `empty` may be. */
export const emptyChoices = ["line", "nothing"] as const;

const option = (name: string, help: string, more: Partial<OptionSpec> = {}): OptionSpec => ({
  name,
  help,
  required: false,
  kind: "text",
  ...more,
});

const when = option("when", "When: “daily at 08:00”, “weekdays at 7.30”, “mondays 9am Europe/Berlin”, “0 8 * * 1-5”.");
const zone = option("zone", "The time zone, such as Europe/Berlin; without it, your own.", { completes: true });
const topics = option("topics", "What it is about, by commas: “ports, energy”; “all” for everything.");
const outlets = option("outlets", "Only these outlets, by commas; “all” for every one.", { completes: true });
const empty = option("empty", "When nothing new came in: say so in a line, or post nothing.", {
  kind: "choice",
  choices: emptyChoices,
});
const about = option("about", "Words of a headline; without them, everything that was in the digest or left out.");
const of = option("of", "Which digest: its date or its id, as “digest list” shows them; otherwise the last one.", {
  completes: true,
});

const sub = (
  name: string,
  help: string,
  who: SubcommandSpec["who"],
  more: Partial<SubcommandSpec> = {},
): SubcommandSpec => ({ name, help, who, private: false, options: [], example: `digest ${name}`, ...more });

const subcommands: readonly SubcommandSpec[] = [
  sub("subscribe", "Posts a digest here regularly, or changes when and about what.", "members", {
    options: [when, zone, topics, outlets, empty],
    example: "digest subscribe weekdays at 7.30 Europe/Berlin",
  }),
  sub("list", "Says when the digest comes here, and how the last ones fared.", "everyone", { private: true }),
  sub("preview", "Shows you what the digest would say now.", "everyone", {
    private: true,
    options: [topics, outlets],
  }),
  sub("now", "Posts the digest here now, besides those that are due.", "members", { private: true }),
  sub("pause", "Posts no digest here until it is resumed.", "members"),
  sub("resume", "Posts the digest here again.", "members"),
  sub("unsubscribe", "Ends the digest here.", "members"),
  sub("why", "Says why each story is in a digest, and why others were left out.", "everyone", {
    private: true,
    options: [about, of],
    example: "digest why harbour",
  }),
];

/** What adapters register. */
export const digestSpec: CommandSpec = {
  name: "digest",
  help: "Posts what came in here, once a day at your own time, with citations.",
  who: "everyone",
  private: true,
  options: [],
  subcommands,
  example: "digest subscribe daily at 08:00",
};
