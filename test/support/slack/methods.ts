/** Every Web API method that the double knows, with the token and the scopes it asks for. */
import { asFlag, Refusal, readBlocks, readShape, requireText, structured } from "./content.ts";
import { complaintsIn } from "./limits.ts";
import { asWire, createChatMethods } from "./methods-chat.ts";
import type { Conversation, Json, Workspace } from "./workspace.ts";

export interface Method {
  /** The kind of token; a bot's unless said. */
  readonly token?: "bot" | "app" | "any";
  /** One of these is needed; none where the list is empty. */
  scopes(args: Json): readonly string[];
  run(args: Json): Json;
}

export interface MethodDeps {
  readonly workspace: Workspace;
  scopes(): ReadonlySet<string>;
  /** Where a Socket Mode client is to connect. */
  socketUrl(): string;
  /** Whether a trigger was given to this person and is still good (3 s); spends it. */
  spendTrigger(trigger: string): string;
}

const prefix = { public: "channels", private: "groups", im: "im", mpim: "mpim" } as const;

export function createMethods({ workspace, scopes, socketUrl, spendTrigger }: MethodDeps): Record<string, Method> {
  const { app, team } = workspace;

  function known(args: Json, name = "channel"): Conversation {
    const channel = workspace.conversations.get(requireText(args, name, "channel_not_found"));
    const hidden = channel?.kind === "private" && !channel.members.has(app.botUser);
    if (!channel || hidden) throw new Refusal("channel_not_found");
    return channel;
  }

  function within(args: Json): Conversation {
    const channel = known(args);
    if (!channel.members.has(app.botUser)) throw new Refusal("not_in_channel");
    return channel;
  }

  const perKind = (verb: string) => (args: Json) => {
    const channel = workspace.conversations.get(String(args.channel));
    return channel ? [`${prefix[channel.kind]}:${verb}`] : Object.values(prefix).map((kind) => `${kind}:${verb}`);
  };

  function page(list: readonly Json[], args: Json): Json {
    const limit = Math.min(Number(args.limit ?? 100) || 100, 1_000);
    const start = Number(args.cursor ?? 0) || 0;
    const more = list.length > start + limit;
    return {
      messages: list.slice(start, start + limit),
      has_more: more,
      response_metadata: { next_cursor: more ? String(start + limit) : "" },
    };
  }

  const inTime = (args: Json) => {
    const oldest = Number(args.oldest ?? 0);
    const latest = args.latest === undefined ? Number.POSITIVE_INFINITY : Number(args.latest);
    const inclusive = asFlag(args.inclusive) === true;
    return (ts: string) =>
      (Number(ts) > oldest || (inclusive && Number(ts) === oldest)) &&
      (Number(ts) < latest || (inclusive && Number(ts) === latest));
  };

  const told = (args: Json) => (message: Json) => {
    if (asFlag(args.include_all_metadata)) return message;
    const { metadata: _, ...rest } = message;
    return rest;
  };

  function readView(args: Json, surface: "home" | "modal"): Json {
    const view = structured(args, "view", "invalid_arguments") as Json | undefined;
    if (typeof view !== "object" || view === null)
      throw new Refusal("invalid_arguments", [{ message: "missing required field: view", pointer: "" }]);
    readShape("view", view, "invalid_arguments");
    if (view.type !== surface)
      throw new Refusal("invalid_arguments", [{ message: `must be a ${surface}`, pointer: "/view/type" }]);
    readBlocks(view, surface, "view/blocks");
    const wrong = complaintsIn({ ...view, blocks: undefined }, "/view");
    if (wrong.length > 0) throw new Refusal("invalid_arguments", wrong);
    const id = `V${workspace.stamp().replace(".", "")}`;
    return {
      ...view,
      id,
      team_id: team.id,
      app_id: app.id,
      bot_id: app.botId,
      root_view_id: id,
      hash: workspace.stamp(),
      state: { values: {} },
    };
  }

  const panel = (args: Json) => {
    const channel = known(args, "channel_id");
    const ts = requireText(args, "thread_ts", "invalid_thread_ts");
    const parent = workspace.find(channel.id, ts);
    if (!parent) throw new Refusal("invalid_thread_ts");
    const key = `${channel.id}:${ts}`;
    const state = workspace.threads.get(key) ?? { status: "", title: "", prompts: [], promptsTitle: "" };
    workspace.threads.set(key, state);
    return state;
  };

  const none = () => [];
  const assistant = () => ["assistant:write"];

  return {
    ...createChatMethods(workspace, scopes),
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
    "apps.connections.open": { token: "app", scopes: () => ["connections:write"], run: () => ({ url: socketUrl() }) },
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
        const profile = { real_name: person.name, display_name: person.name };
        return {
          user: {
            id: person.id,
            team_id: team.id,
            name: person.name,
            real_name: person.name,
            deleted: false,
            is_bot: person.isBot,
            tz: "Etc/UTC",
            tz_offset: 0,
            profile,
          },
        };
      },
    },
    "conversations.info": {
      scopes: perKind("read"),
      run(args) {
        const { id, name, kind, members, archived } = known(args);
        const inside = members.has(app.botUser);
        const other = [...members].find((member) => member !== app.botUser);
        return {
          channel: {
            id,
            ...(kind === "im" ? { user: other } : { name, name_normalized: name, is_member: inside }),
            is_channel: kind === "public",
            is_group: kind === "private",
            is_im: kind === "im",
            is_mpim: kind === "mpim",
            is_private: kind !== "public",
            is_archived: archived,
            context_team_id: team.id,
          },
        };
      },
    },
    "conversations.open": {
      scopes: () => ["im:write"],
      run(args) {
        const user = requireText(args, "users", "users_list_not_supplied");
        if (!workspace.people.has(user)) throw new Refusal("user_not_found");
        return { channel: { id: workspace.direct(user).id } };
      },
    },
    "conversations.history": {
      scopes: perKind("history"),
      run(args) {
        const channel = within(args);
        const fits = inTime(args);
        const list = workspace
          .all(channel.id)
          .filter(
            ({ thread_ts, reply_broadcast, ephemeralTo, ts }) =>
              (!thread_ts || thread_ts === ts || reply_broadcast) && !ephemeralTo && fits(ts),
          );
        return page([...list].reverse().map(asWire).map(told(args)), args);
      },
    },
    "conversations.replies": {
      scopes: perKind("history"),
      run(args) {
        const channel = within(args);
        const ts = requireText(args, "ts", "thread_not_found");
        const first = workspace.find(channel.id, ts);
        if (!first || first.ephemeralTo) throw new Refusal("thread_not_found");
        const root = first.thread_ts ?? first.ts;
        const fits = inTime(args);
        const list = workspace
          .all(channel.id)
          .filter(
            (one) =>
              (one.ts === root || one.thread_ts === root) && !one.ephemeralTo && (one.ts === root || fits(one.ts)),
          );
        return page(list.map(asWire).map(told(args)), args);
      },
    },
    "views.publish": {
      scopes: none,
      run(args) {
        const user = requireText(args, "user_id", "user_not_found");
        if (!workspace.people.has(user)) throw new Refusal("user_not_found");
        const view = readView(args, "home");
        const before = workspace.homes.get(user);
        if (args.hash !== undefined && before && args.hash !== before.hash) throw new Refusal("hash_conflict");
        workspace.homes.set(user, view);
        return { view };
      },
    },
    "views.open": {
      scopes: none,
      run(args) {
        const user = spendTrigger(requireText(args, "trigger_id", "invalid_trigger_id"));
        const view = readView(args, "modal");
        workspace.modals.set(user, [...(workspace.modals.get(user) ?? []), view]);
        return { view };
      },
    },
    "views.update": {
      scopes: none,
      run(args) {
        const [user, views] =
          [...workspace.modals].find(([, list]) => list.some(({ id }) => id === args.view_id)) ?? [];
        if (!user || !views) throw new Refusal("not_found");
        const view = { ...readView(args, "modal"), id: args.view_id };
        workspace.modals.set(
          user,
          views.map((one) => (one.id === args.view_id ? view : one)),
        );
        return { view };
      },
    },
    "assistant.threads.setStatus": {
      scopes: () => ["assistant:write", "chat:write"],
      run(args) {
        if (typeof args.status !== "string") throw new Refusal("invalid_arguments");
        panel(args).status = args.status;
        return {};
      },
    },
    "assistant.threads.setTitle": {
      scopes: assistant,
      run(args) {
        panel(args).title = requireText(args, "title");
        return {};
      },
    },
    "assistant.threads.setSuggestedPrompts": {
      scopes: assistant,
      run(args) {
        const prompts = structured(args, "prompts", "invalid_arguments");
        if (!Array.isArray(prompts) || prompts.length === 0) throw new Refusal("invalid_arguments");
        if (prompts.length > 4) throw new Refusal("too_many_prompts");
        for (const prompt of prompts) {
          requireText(prompt, "title");
          requireText(prompt, "message");
        }
        const state = panel(args);
        state.prompts = prompts;
        state.promptsTitle = typeof args.title === "string" ? args.title : "";
        return {};
      },
    },
  };
}
