/** Registers the commands when it is asked to, and says at start how Discord's settings differ from what is needed. */
import { type APIApplication, REST, Routes } from "discord.js";
import type { Logger } from "../../src/logger.ts";
import type { CommandSpec } from "../../src/ports.ts";
import type { Runtime } from "../../src/runtime.ts";
import { inviteLinks } from "./access.ts";
import { commandBodies, differences, registerCommands, registeredCommands, type Scope } from "./register.ts";
import { createRest, type Rest, restOptions } from "./rest.ts";

export interface RegisteringOptions {
  readonly token: string;
  readonly apiUrl: string | null;
  readonly runtime: Runtime;
  readonly logger: Logger;
  readonly commands: readonly CommandSpec[];
  /** One server only, for trying; null for everywhere. */
  readonly guild: string | null;
  /** Take the commands away instead. */
  readonly remove: boolean;
}

const isPublic =
  "The application is public: whoever finds it can add it to a server of their own and is answered there from the collection main. Unless that is meant: Developer Portal, “Installation”, Install Link “None”, then “Bot”, switch “Public Bot” off.";

function application(rest: Rest): Promise<APIApplication> {
  return rest.call((api) => api.get(Routes.currentApplication()));
}

function settingsOf({ bot_public }: APIApplication): readonly string[] {
  return bot_public ? [isPublic] : [];
}

/**
 * Registers `commands` in place of what is there; resolves with what to tell the operator, line by line. Rejects with
 * `configuration` for a wrong token and `platform` for what Discord refuses.
 */
export async function registerDiscord(options: RegisteringOptions): Promise<readonly string[]> {
  const { token, runtime, logger, commands, guild, remove } = options;
  const rest = createRest(new REST(restOptions(options)).setToken(token), () => "", runtime, logger);
  const found = await application(rest);
  const scope: Scope = guild === null ? { kind: "global" } : { kind: "guild", guild };
  const bodies = remove ? [] : commandBodies(commands);
  await registerCommands(rest, found.id, scope, bodies);
  const where = guild === null ? "everywhere" : `in the server ${guild}`;
  const names = bodies.map(({ name }) => `/${name}`).join(", ");
  const { server, person } = inviteLinks(found.id);
  return [
    remove
      ? `No command is registered ${where} any more.`
      : `Registered ${where}, in English, German, French, Spanish and Portuguese: ${names}`,
    `To add Dateline to a server, open: ${server}`,
    `To add it to yourself, open: ${person}`,
    ...settingsOf(found),
  ];
}

/** More servers than somebody tries in. */
const mostGuilds = 20;

/** Says in the log how what is registered differs from the table; changes nothing, and never rejects. */
export async function checkRegistration(
  rest: Rest,
  applicationId: string,
  commands: readonly CommandSpec[],
  guilds: readonly string[],
  logger: Logger,
): Promise<void> {
  const wanted = commandBodies(commands);
  try {
    for (const sentence of settingsOf(await application(rest))) logger.warn(sentence);
    const global = { kind: "global" } as const;
    const faults = differences(wanted, await registeredCommands(rest, applicationId, global), global);
    if (faults.length === 0) return;
    for (const guild of guilds.slice(0, mostGuilds)) {
      const scope = { kind: "guild", guild } as const;
      const there = await registeredCommands(rest, applicationId, scope);
      if (differences(wanted, there, scope).length > 0) continue;
      logger.info("The commands are registered in one server, for trying; everywhere: npm start -- discord register", {
        guild,
      });
      return;
    }
    logger.warn(
      `The commands registered at Discord are not Dateline's: ${faults.join(", ")}. To register them: npm start -- discord register`,
    );
  } catch (error) {
    logger.warn("Discord did not say which commands are registered", { error });
  }
}
