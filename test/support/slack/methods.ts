/** Every Web API method that the double knows, with the token and the scopes it asks for. */
import { Refusal, requireText } from "./content.ts";
import { createChatMethods } from "./methods-chat.ts";
import { createConversationMethods } from "./methods-conversations.ts";
import { createStreamMethods } from "./methods-stream.ts";
import { createSurfaceMethods } from "./methods-surfaces.ts";
import { createPosting, type Features } from "./posting.ts";
import type { Json, Workspace } from "./workspace.ts";

/** One method: who may call it, and what it does. `run` throws a `Refusal` for what Slack would refuse. */
export interface Method {
  /** The kind of token; a bot's unless said. */
  readonly token?: "bot" | "app" | "any";
  /** One of these is needed; none where the list is empty. */
  scopes(args: Json): readonly string[];
  run(args: Json): Json;
}

/** What the methods work on. */
export interface MethodDeps {
  readonly workspace: Workspace;
  readonly features: Features;
  scopes(): ReadonlySet<string>;
  /** Where a Socket Mode client is to connect. */
  socketUrl(): string;
  /** The person to whom a trigger was given; refuses one that is unknown, spent or older than 3 s. */
  spendTrigger(trigger: string): string;
}

/** All methods by name; any other name is `unknown_method`. */
export function createMethods(deps: MethodDeps): Readonly<Record<string, Method>> {
  const { workspace, scopes, features } = deps;
  const { app, team } = workspace;
  const posting = createPosting(workspace, scopes, features);
  const none = () => [];

  return {
    ...createChatMethods(workspace, posting, scopes),
    ...createStreamMethods(workspace, posting),
    ...createConversationMethods(workspace),
    ...createSurfaceMethods(workspace, features, deps.spendTrigger),
    "auth.test": {
      token: "any",
      scopes: none,
      run: () => ({
        url: `https://${team.domain}.slack.com/`,
        team: team.name,
        user: app.name,
        team_id: team.id,
        user_id: app.botUser,
        bot_id: app.botId,
        is_enterprise_install: false,
      }),
    },
    "apps.connections.open": {
      token: "app",
      scopes: () => ["connections:write"],
      run: () => ({ url: deps.socketUrl() }),
    },
    "bots.info": {
      scopes: () => ["users:read"],
      run(args) {
        if (args.bot !== app.botId) throw new Refusal("bot_not_found");
        return { bot: { id: app.botId, deleted: false, name: app.name, app_id: app.id, user_id: app.botUser } };
      },
    },
    "users.info": {
      scopes: () => ["users:read"],
      run(args) {
        const person = workspace.people.get(requireText(args, "user", "user_not_found"));
        if (!person) throw new Refusal("user_not_found");
        const { id, name, isBot } = person;
        const profile = { real_name: name, display_name: name };
        return {
          user: {
            id,
            team_id: team.id,
            name,
            real_name: name,
            deleted: false,
            is_bot: isBot,
            tz: "Etc/UTC",
            tz_offset: 0,
            profile,
          },
        };
      },
    },
  };
}
