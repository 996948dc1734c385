/** What the app shows outside conversations: App Home and modals (`views.*`) and the assistant panel. */
import { Refusal, readBlocks, readShape, requireText, structured } from "./content.ts";
import { complaintsIn } from "./limits.ts";
import type { Method } from "./methods.ts";
import { knownConversation } from "./methods-conversations.ts";
import type { Features } from "./posting.ts";
import type { Json, Workspace } from "./workspace.ts";

const largestView = 250 * 1024;
const mostPrompts = 4;

/** `views.publish`, `open`, `update` and `assistant.threads.*`. */
export function createSurfaceMethods(
  workspace: Workspace,
  features: Features,
  spendTrigger: (trigger: string) => string,
): Record<string, Method> {
  const { app, team } = workspace;
  const none = () => [];
  const assistant = () => ["assistant:write"];

  function readView(args: Json, surface: "home" | "modal"): Json {
    const view = structured(args, "view", "invalid_arguments");
    if (typeof view !== "object" || view === null)
      throw new Refusal("invalid_arguments", [{ message: "missing required field: view", pointer: "" }]);
    readShape("view", view, "invalid_arguments");
    const given = view as Json;
    if (given.type !== surface)
      throw new Refusal("invalid_arguments", [{ message: `must be a ${surface}`, pointer: "/view/type" }]);
    readBlocks(given, surface, "view/blocks", "invalid_arguments");
    const wrong = complaintsIn({ ...given, blocks: undefined }, "/view");
    if (wrong.length > 0) throw new Refusal("invalid_arguments", wrong);
    if (JSON.stringify(given).length > largestView) throw new Refusal("view_too_large");
    const id = `V${workspace.stamp().replace(".", "")}`;
    const hash = workspace.stamp();
    const unset = { private_metadata: "", callback_id: "", close: null, submit: null, previous_view_id: null };
    return {
      ...unset,
      clear_on_close: false,
      notify_on_close: false,
      ...given,
      id,
      team_id: team.id,
      app_id: app.id,
      bot_id: app.botId,
      root_view_id: id,
      hash,
      state: { values: {} },
    };
  }

  /** The panel's state; `thread_ts` names a thread in a conversation that the app is in. */
  function panel(args: Json) {
    const channel = knownConversation(workspace, args, "channel_id");
    const ts = requireText(args, "thread_ts", "invalid_thread_ts");
    const parent = workspace.find(channel.id, ts);
    if (!parent || parent.ephemeralTo) throw new Refusal("invalid_thread_ts");
    const key = `${channel.id}:${ts}`;
    const state = workspace.threads.get(key) ?? { status: "", title: "", prompts: [], promptsTitle: "" };
    workspace.threads.set(key, state);
    return { state, parent };
  }

  function enabled(): void {
    if (!features.assistant) throw new Refusal("not_agent_app");
  }

  return {
    "views.publish": {
      scopes: none,
      run(args) {
        const user = requireText(args, "user_id");
        if (!workspace.people.has(user))
          throw new Refusal("invalid_arguments", [{ message: "invalid user_id", pointer: "" }]);
        if (!features.homeTab) throw new Refusal("not_enabled");
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
      scopes: () => ["chat:write", "assistant:write"],
      run(args) {
        if (typeof args.status !== "string") throw new Refusal("invalid_arguments");
        const loading = structured(args, "loading_messages", "invalid_arguments");
        if (Array.isArray(loading) && loading.length > 10) throw new Refusal("invalid_arguments");
        panel(args).state.status = args.status;
        return {};
      },
    },
    "assistant.threads.setTitle": {
      scopes: assistant,
      run(args) {
        enabled();
        const { state, parent } = panel(args);
        state.title = requireText(args, "title");
        // Slack tells the app of this as a changed message, which a careless app takes for a question.
        if (parent.subtype === "assistant_app_thread") workspace.change(parent, {});
        return {};
      },
    },
    "assistant.threads.setSuggestedPrompts": {
      scopes: assistant,
      run(args) {
        enabled();
        const prompts = structured(args, "prompts", "invalid_arguments");
        if (!Array.isArray(prompts) || prompts.length === 0 || prompts.length > mostPrompts)
          throw new Refusal("invalid_arguments", [
            { message: `between 1 and ${mostPrompts} prompts`, pointer: "/prompts" },
          ]);
        for (const prompt of prompts as Json[]) {
          requireText(prompt, "title");
          requireText(prompt, "message");
        }
        const { state } = panel(args);
        state.prompts = prompts;
        state.promptsTitle = typeof args.title === "string" ? args.title : "";
        return {};
      },
    },
  };
}
