/** What `discord` takes on the command line. */
import { type Command, InvalidArgumentError } from "commander";

/** What is asked of `discord`: `guild` null is everywhere; `remove` takes the commands away. */
export interface DiscordAsked {
  readonly guild: string | null;
  readonly remove: boolean;
}

function guildId(value: string): string {
  if (/^\d{15,20}$/.test(value)) return value;
  throw new InvalidArgumentError("A server’s id has 17 to 20 digits: right-click its name, “Copy Server ID”.");
}

/** Adds `discord register`. */
export function addDiscord(program: Command, choose: (asked: DiscordAsked) => void): void {
  program
    .command("discord")
    .summary("register the commands at Discord")
    .command("register")
    .summary("put the commands where Discord shows them: everywhere, or in one server for trying")
    .description(
      "Registers Dateline's commands at Discord, replacing those that are there. Everywhere without --guild; with it in one\n" +
        "server only, for trying. Starting Dateline never registers anything: it says when what is registered differs.",
    )
    .option("--guild <id>", "in this server only", guildId)
    .option("--remove", "take the commands away instead")
    .action((flags: { guild?: string; remove?: true }) =>
      choose({ guild: flags.guild ?? null, remove: flags.remove ?? false }),
    );
}
