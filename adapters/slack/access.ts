/**
 * What the adapter needs of Slack, and what for. The manifest holds exactly this, and a test compares the two.
 * Scopes by method: docs.slack.dev/reference/methods.
 */

/** The Web API methods that are called, with the bot scopes that each needs. */
export const methodScopes = {
  "auth.test": [],
  "chat.postMessage": ["chat:write"],
  "chat.update": ["chat:write"],
  "chat.delete": ["chat:write"],
  "chat.getPermalink": [],
  "chat.startStream": ["chat:write"],
  "chat.appendStream": ["chat:write"],
  "chat.stopStream": ["chat:write"],
  "conversations.history": ["channels:history", "groups:history", "im:history", "mpim:history"],
  "conversations.replies": ["channels:history", "groups:history", "im:history", "mpim:history"],
  "users.info": ["users:read"],
  "views.publish": [],
  "assistant.threads.setStatus": ["assistant:write"],
  "assistant.threads.setTitle": ["assistant:write"],
  "assistant.threads.setSuggestedPrompts": ["assistant:write"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The events that are listened for, with the bot scopes without which Slack does not send them. */
export const eventScopes = {
  app_home_opened: [],
  app_mention: ["app_mentions:read"],
  assistant_thread_context_changed: ["assistant:write"],
  assistant_thread_started: ["assistant:write"],
  "message.channels": ["channels:history"],
  "message.groups": ["groups:history"],
  "message.im": ["im:history"],
  "message.mpim": ["mpim:history"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Every bot scope that is needed: those of the methods and events, and the one that slash commands need. */
export const botScopes: readonly string[] = [
  ...new Set(["commands", ...Object.values(methodScopes).flat(), ...Object.values(eventScopes).flat()]),
].toSorted();
