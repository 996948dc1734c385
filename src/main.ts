/** Wires the process to the command line: environment, streams, signals, and the platforms by name. */
import { existsSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { isIP } from "node:net";
import { fileURLToPath } from "node:url";
import type { EndReason } from "./cli/exit-codes.ts";
import type { Platform } from "./cli/surroundings.ts";
import type { Config } from "./config.ts";
import { systemRuntime } from "./runtime.ts";

// Compiled code is kept between runs: a question takes about 0.2 s less. What is imported later profits, hence below.
enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/dateline", import.meta.url)));

function missingForSlack({ slack }: Config): readonly string[] {
  const wayIn =
    slack.mode === "socket"
      ? { value: slack.appToken, needs: "SLACK_APP_TOKEN (the app-level token, xapp-…)" }
      : { value: slack.signingSecret, needs: "SLACK_SIGNING_SECRET (from the app’s credentials)" };
  const bot = { value: slack.botToken, needs: "SLACK_BOT_TOKEN (the bot token, xoxb-…)" };
  return [bot, wayIn].filter(({ value }) => value === null).map(({ needs }) => needs);
}

const slack = {
  name: "slack",
  missing: missingForSlack,
  begun: ({ slack: { botToken, appToken, signingSecret } }) =>
    [botToken, appToken, signingSecret].some((one) => one !== null),
  async create({ config: { slack: settings }, ...making }) {
    const { createSlackAdapter } = await import("../adapters/slack/index.ts");
    const { botToken, apiUrl, ...rest } = settings;
    const clientOptions = apiUrl === null ? {} : { clientOptions: { slackApiUrl: `${apiUrl}/` } };
    return createSlackAdapter({ ...rest, botToken: botToken ?? "", ...making, ...clientOptions });
  },
  renderer: async () => (await import("../adapters/slack/preview.ts")).previewReply,
} satisfies Platform;

/** As the adapter decides when it starts, for the addresses that it need not look up. */
function missingForWeb({ web: { on, host, password, trustedProxies } }: Config): readonly string[] {
  if (!on) return ["WEB=on"];
  const own = /^(?:127(?:\.\d+){3}|::1|localhost)$/.test(host);
  const closed = own || isIP(host) === 0 || password !== null || trustedProxies.length > 0;
  return closed ? [] : ["WEB_PASSWORD, or WEB_TRUSTED_PROXY (WEB_HOST is open to other machines)"];
}

const web: Platform = {
  name: "web",
  missing: missingForWeb,
  begun: ({ web: { on } }) => on,
  async create({ config: { web: settings, publicUrl }, ...making }) {
    const { createWebAdapter } = await import("../adapters/web/index.ts");
    // Renderers only: neither loads a library of its platform.
    const previews = [
      { platform: "slack", payloads: await slack.renderer() },
      { platform: "discord", payloads: await discord.renderer() },
    ] as const;
    return createWebAdapter({ ...settings, publicUrl, previews, ...making });
  },
};

const discord = {
  name: "discord",
  missing: ({ discord: { token } }) => (token === null ? ["DISCORD_TOKEN (the bot’s token)"] : []),
  begun: ({ discord: { token } }) => token !== null,
  async create({ config: { discord: settings }, ...making }) {
    const { createDiscordAdapter } = await import("../adapters/discord/index.ts");
    return createDiscordAdapter({ ...settings, token: settings.token ?? "", ...making });
  },
  async register({ config: { discord: settings }, ...registering }) {
    const { registerDiscord } = await import("../adapters/discord/registrar.ts");
    return registerDiscord({ ...settings, token: settings.token ?? "", ...registering });
  },
  renderer: async () => (await import("../adapters/discord/preview.ts")).previewReply,
} satisfies Platform;

/** One signal for every way to be told to end; the second Ctrl-C does not wait. */
function endSignal(): AbortSignal {
  const controller = new AbortController();
  const end = (reason: EndReason, code: number) => () => {
    if (controller.signal.aborted) process.exit(code);
    controller.abort(reason);
  };
  process.on("SIGINT", end("interrupted", 130));
  process.on("SIGTERM", end("terminated", 143));
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      controller.abort("unread" satisfies EndReason);
    });
  }
  return controller.signal;
}

if (existsSync(".env")) process.loadEnvFile();

const { runCommandLine } = await import("./cli.ts");

process.exitCode = await runCommandLine(process.argv.slice(2), {
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
  env: process.env,
  runtime: systemRuntime,
  signal: endSignal(),
  nodeVersion: process.versions.node,
  platforms: [slack, discord, web],
  watchStrays: (report) => void process.on("unhandledRejection", report),
  createPrompt: async (making) => (await import("../adapters/terminal/index.ts")).createTerminalAdapter(making),
});
// Standard input that nobody reads to its end would keep the process waiting.
process.stdin.destroy();
