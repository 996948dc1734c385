/** `discord register`: puts the newsroom's commands where Discord shows them. */
import { NewsroomError } from "../errors.ts";
import { inertJson, inertLine } from "../reply/inert.ts";
import type { DiscordAsked } from "./discord-arguments.ts";
import { exitCodes } from "./exit-codes.ts";
import { openFor, type Work } from "./opening.ts";
import { printingTo } from "./printing.ts";

/** Registers and prints what was done and what to do next; rejects with `configuration` without a token. */
export async function runDiscord(work: Work, { guild, remove }: DiscordAsked): Promise<number> {
  const { surroundings, config, logger } = work;
  const platform = surroundings.platforms.find(({ name }) => name === "discord");
  const missing = platform?.missing(config) ?? [];
  if (!platform?.register || missing.length > 0)
    throw new NewsroomError(
      "configuration",
      `Set ${missing.join(" and ")} first; docs/discord.md says where to get it.`,
    );
  const opened = await openFor(work);
  try {
    const { commands } = opened.newsroom;
    const making = { config, runtime: surroundings.runtime, logger: logger.named(platform.name) };
    const lines = await platform.register({ ...making, commands, guild, remove });
    const print = printingTo(surroundings);
    for (const line of lines) await print(`${work.invocation.json ? inertJson(line) : inertLine(line)}\n`);
    return exitCodes.done;
  } finally {
    await opened.close();
  }
}
