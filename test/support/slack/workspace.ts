/** The workspace itself: people, conversations, messages by ts, ephemeral messages, App Home views. No network. */

export type Json = Readonly<Record<string, unknown>>;

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly isBot: boolean;
}

export interface Conversation {
  readonly id: string;
  readonly name: string;
  readonly kind: "public" | "private" | "im" | "mpim";
  readonly members: Set<string>;
  archived: boolean;
}

/** A message as it stands; an edit replaces the record, so one held earlier keeps what it said. */
export interface Message {
  readonly channel: string;
  readonly ts: string;
  readonly thread_ts?: string;
  readonly text: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly app_id?: string;
  readonly subtype?: string;
  readonly blocks?: readonly Json[];
  readonly attachments?: readonly Json[];
  readonly metadata?: Json;
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly reply_broadcast?: boolean;
  readonly reactions?: readonly { readonly name: string; readonly users: readonly string[] }[];
  /** How it came: a Web API method, `response_url`, `ack`, or `user`. */
  readonly via: string;
  /** What was asked about previews; undefined is Slack's default, which shows them. */
  readonly unfurl: { readonly links: boolean | undefined; readonly media: boolean | undefined };
  /** Open while `chat.appendStream` may still add to it. */
  readonly streaming?: boolean;
  /** The only person who sees it; absent for everybody in the conversation. */
  readonly ephemeralTo?: string;
}

export type Draft = Omit<Message, "ts" | "unfurl"> & { readonly unfurl?: Message["unfurl"] };

/** What happened to a message, for the events that Slack sends about it. */
export type Happening =
  | { readonly kind: "posted"; readonly message: Message }
  | { readonly kind: "changed"; readonly message: Message; readonly previous: Message }
  | { readonly kind: "deleted"; readonly message: Message };

export interface Workspace {
  readonly team: { readonly id: string; readonly domain: string; readonly name: string };
  readonly app: { readonly id: string; readonly botUser: string; readonly botId: string; readonly name: string };
  readonly people: ReadonlyMap<string, Person>;
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly homes: Map<string, Json>;
  /** Views opened with a trigger, newest last, by the person who sees them. */
  readonly modals: Map<string, Json[]>;
  /** What the assistant panel shows, by `channel:thread_ts`. */
  readonly threads: Map<string, { status: string; title: string; prompts: readonly Json[]; promptsTitle: string }>;
  addPerson(name: string, options?: { isBot?: boolean }): Person;
  addChannel(name: string, options?: { kind?: "public" | "private"; members?: readonly string[] }): Conversation;
  /** The direct message between the app and a person; made when it is first needed, always with the same id. */
  direct(user: string): Conversation;
  post(draft: Draft): Message;
  change(message: Message, to: Partial<Draft>, quietly?: boolean): Message;
  remove(message: Message): void;
  find(channel: string, ts: string): Message | undefined;
  /** Every message that stands in a conversation, thread replies and ephemeral ones included, oldest first. */
  all(channel: string): readonly Message[];
  /** A timestamp that no other message of this workspace has, greater than all before it. */
  stamp(): string;
  /** Milliseconds since the epoch; `advance` moves it. */
  now(): number;
  advance(ms: number): void;
}

export interface WorkspaceHooks {
  /** Called at once, in order. */
  happened(happening: Happening): void;
  changed(): void;
}

const id = (prefix: string, number: number) => `${prefix}${number.toString(36).toUpperCase().padStart(8, "0")}`;

export function createWorkspace(hooks: WorkspaceHooks): Workspace {
  const people = new Map<string, Person>();
  const conversations = new Map<string, Conversation>();
  const messages = new Map<string, Message[]>();
  let made = 0;
  let micros = 0;
  let ahead = 0;

  const workspace: Workspace = {
    team: { id: "T00000001", domain: "newsroom", name: "Newsroom" },
    app: { id: "A00000001", botUser: "U00000BOT", botId: "B00000001", name: "dateline" },
    people,
    conversations,
    homes: new Map(),
    modals: new Map(),
    threads: new Map(),
    addPerson(name, { isBot = false } = {}) {
      const person = { id: id("U", ++made), name, isBot };
      people.set(person.id, person);
      return person;
    },
    addChannel(name, { kind = "public", members = [] } = {}) {
      const channel: Conversation = { id: id("C", ++made), name, kind, members: new Set(members), archived: false };
      conversations.set(channel.id, channel);
      return channel;
    },
    direct(user) {
      const known = [...conversations.values()].find(({ kind, members }) => kind === "im" && members.has(user));
      if (known) return known;
      const members = new Set([user, workspace.app.botUser]);
      const channel: Conversation = {
        id: id("D", ++made),
        name: "directmessage",
        kind: "im",
        members,
        archived: false,
      };
      conversations.set(channel.id, channel);
      return channel;
    },
    post(draft) {
      const message: Message = { unfurl: { links: undefined, media: undefined }, ...draft, ts: workspace.stamp() };
      messages.set(draft.channel, [...(messages.get(draft.channel) ?? []), message]);
      hooks.happened({ kind: "posted", message });
      hooks.changed();
      return message;
    },
    change(message, to, quietly = false) {
      const changed: Message = { ...message, ...to, ts: message.ts };
      const list = messages.get(message.channel) ?? [];
      messages.set(
        message.channel,
        list.map((one) => (one.ts === message.ts ? changed : one)),
      );
      if (!quietly) hooks.happened({ kind: "changed", message: changed, previous: message });
      hooks.changed();
      return changed;
    },
    remove(message) {
      const list = messages.get(message.channel) ?? [];
      messages.set(
        message.channel,
        list.filter((one) => one.ts !== message.ts),
      );
      hooks.happened({ kind: "deleted", message });
      hooks.changed();
    },
    find: (channel, ts) => messages.get(channel)?.find((message) => message.ts === ts),
    all: (channel) => messages.get(channel) ?? [],
    stamp() {
      micros = Math.max(micros + 1, workspace.now() * 1_000);
      const text = String(micros);
      return `${text.slice(0, -6)}.${text.slice(-6)}`;
    },
    now: () => Date.now() + ahead,
    advance(ms) {
      ahead += ms;
      hooks.changed();
    },
  };
  people.set(workspace.app.botUser, { id: workspace.app.botUser, name: workspace.app.name, isBot: true });
  return workspace;
}
