/** A Discord server with a reporter, a channel and the adapter in it, over a newsroom whose answers the test writes. */
import { afterEach } from "vitest";
import type { DiscordOptions } from "../../adapters/discord/index.ts";
import { registerDiscord } from "../../adapters/discord/registrar.ts";
import type { AdapterState, CommandSpec, Newsroom } from "../../src/ports.ts";
import { type Runtime, systemRuntime } from "../../src/runtime.ts";
import { createAdapterState } from "./adapter-state.ts";
import { answered } from "./answers.ts";
import { createDiscordDouble, type DiscordDouble, type DiscordDoubleOptions } from "./discord/index.ts";
import { type DiscordApp, type DiscordAt, startDiscordApp } from "./discord-app.ts";
import { createLogLines } from "./log-lines.ts";
import { createScriptedNewsroom, type ScriptedNewsroom } from "./scripted-newsroom.ts";

export interface DiscordDesk {
  readonly discord: DiscordDouble;
  readonly newsroom: ScriptedNewsroom;
  readonly app: DiscordApp;
  readonly state: AdapterState;
  readonly guild: string;
  readonly channel: string;
  readonly reporter: string;
  /** Somebody else in the same channel. */
  readonly colleague: string;
  /** How long each wait was that the adapter asked for, in milliseconds; none takes longer than a few. */
  readonly waits: readonly number[];
  /** Stops the adapter and starts another on the same state. */
  restart(): Promise<DiscordApp>;
  /** Starts a second one beside it on the same state. */
  another(): Promise<DiscordApp>;
}

const outlet = {
  name: "outlet",
  help: "Only what this outlet published",
  required: false,
  kind: "text",
  completes: true,
} as const;
const question = { name: "question", help: "What you want to know", required: true, kind: "text" } as const;

/** The command for asking, as a person knows it. */
export const askSpec: CommandSpec = {
  name: "ask",
  help: "Answer a question from the corpus",
  who: "everyone",
  private: false,
  options: [question, outlet],
  subcommands: [],
  example: "ask who won?",
};

const open: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** Puts the newsroom's commands where Discord shows them, as `discord register` does. */
export async function registerAll(
  discord: DiscordAt,
  { commands }: Newsroom,
  guild: string | null = null,
): Promise<void> {
  const { logger } = createLogLines();
  const at = { token: discord.botToken, apiUrl: discord.apiUrl, runtime: systemRuntime, logger };
  await registerDiscord({ ...at, commands, guild, remove: false });
}

/** Real time, but what the adapter waits for takes a hundredth of it; every wait is noted. */
function noting(waits: number[]): Runtime {
  return {
    ...systemRuntime,
    sleep: (ms, signal) => {
      waits.push(ms);
      return systemRuntime.sleep(ms / 100, signal);
    },
  };
}

/** Opens a desk; everything of it ends with the test. `double` is for the far end, `over` for the adapter. */
export async function openDesk(
  double: DiscordDoubleOptions = {},
  over: Partial<DiscordOptions> = {},
): Promise<DiscordDesk> {
  const discord = await createDiscordDouble(double);
  open.push(() => discord.close());
  const scripted = createScriptedNewsroom();
  const newsroom: ScriptedNewsroom = { ...scripted, commands: [askSpec, ...scripted.commands] };
  newsroom.script(() => answered());
  const state = createAdapterState();
  const waits: number[] = [];
  const guild = discord.addGuild("newsroom").id;
  const channel = discord.addChannel(guild, "desk").id;
  const [reporter, colleague] = ["reporter", "colleague"].map((name) => discord.addPerson(name).id);
  await registerAll(discord, newsroom);
  const start = async (): Promise<DiscordApp> => {
    const app = await startDiscordApp(discord, newsroom, { state, runtime: noting(waits), ...over });
    // With waits so short the adapter may go on before the gateway has answered; nobody is heard until then.
    await discord.until(() => app.log.said("info").includes("Discord is connected"), "a session");
    open.push(() => app.adapter.stop());
    return app;
  };
  const app = await start();
  return {
    discord,
    newsroom,
    app,
    state,
    guild,
    channel,
    reporter: reporter!,
    colleague: colleague!,
    waits,
    async restart() {
      await app.adapter.stop();
      return start();
    },
    another: start,
  };
}
