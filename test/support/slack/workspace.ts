/** The workspace itself: people, conversations, messages by ts, ephemeral messages, App Home views. No network. */

/** An object as it came or goes as JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** Somebody in the workspace, the app's bot user among them. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly isBot: boolean;
}

/** A channel or a direct message. */
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
  /** True where the sender asked Slack to make names and addresses of plain words (`link_names`, `parse: "full"`). */
  readonly namesLinked?: boolean;
  /** Of a streamed message: whether it is still open, and the one way in which text is added to it. */
  readonly stream?: { readonly open: boolean; readonly mode: "markdown_text" | "chunks" | null };
  /** The only person who sees it; absent for everybody in the conversation. */
  readonly ephemeralTo?: string;
}

type Draft = Omit<Message, "ts" | "unfurl"> & { readonly unfurl?: Message["unfurl"] };

/** What happened to a message, for the events that Slack sends about it. */
export type Happening =
  | { readonly kind: "posted"; readonly message: Message }
  | { readonly kind: "changed"; readonly message: Message; readonly previous: Message }
  | { readonly kind: "deleted"; readonly message: Message };

/** All that there is in the workspace. */
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
  addConversation(name: string, kind: Conversation["kind"], members: readonly string[]): Conversation;
  /** The direct message between the app and a person; made when it is first needed, always with the same id. */
  direct(user: string): Conversation;
  /** By id; throws where there is none, for tests that name the wrong one. */
  person(user: string): Person;
  conversation(channel: string): Conversation;
  /** The conversation, if this person is in it. */
  inside(user: string, channel: string): Conversation;
  post(draft: Draft): Message;
  change(message: Message, to: Partial<Draft>, quietly?: boolean): Message;
  /** A message with replies leaves a tombstone, as in Slack, until its last reply is gone. */
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

/** Who is told of changes. */
export interface WorkspaceHooks {
  /** Called at once, in order. */
  happened(happening: Happening): void;
  changed(): void;
}

const id = (prefix: string, number: number) => `${prefix}${number.toString(36).toUpperCase().padStart(8, "0")}`;

/** A workspace with the app in it and nobody else. */
export function createWorkspace(hooks: WorkspaceHooks): Workspace {
  const people = new Map<string, Person>();
  const conversations = new Map<string, Conversation>();
  const directs = new Map<string, Conversation>();
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
    addConversation(name, kind, members) {
      const letter = kind === "im" ? "D" : "C";
      const channel: Conversation = { id: id(letter, ++made), name, kind, members: new Set(members), archived: false };
      conversations.set(channel.id, channel);
      return channel;
    },
    direct(user) {
      const known = directs.get(user);
      if (known) return known;
      const channel = workspace.addConversation("directmessage", "im", [user, workspace.app.botUser]);
      directs.set(user, channel);
      return channel;
    },
    person(user) {
      const known = people.get(user);
      if (!known) throw new Error(`nobody here is called ${user}: use slack.addPerson(name)`);
      return known;
    },
    conversation(channel) {
      const known = conversations.get(channel);
      if (!known) throw new Error(`there is no conversation ${channel}: use slack.addChannel(name)`);
      return known;
    },
    inside(user, channel) {
      const known = workspace.conversation(channel);
      if (!known.members.has(user)) throw new Error(`${user} is not in ${known.name}`);
      return known;
    },
    post(draft) {
      const message: Message = { unfurl: { links: undefined, media: undefined }, ...draft, ts: workspace.stamp() };
      const list = messages.get(draft.channel) ?? [];
      list.push(message);
      messages.set(draft.channel, list);
      hooks.happened({ kind: "posted", message });
      hooks.changed();
      return message;
    },
    change(message, to, quietly = false) {
      const changed: Message = { ...message, ...to, ts: message.ts };
      const list = messages.get(message.channel) ?? [];
      list[list.findLastIndex(({ ts }) => ts === message.ts)] = changed;
      if (!quietly) hooks.happened({ kind: "changed", message: changed, previous: message });
      hooks.changed();
      return changed;
    },
    remove(message) {
      const list = messages.get(message.channel) ?? [];
      const drop = (ts: string) =>
        list.splice(
          list.findLastIndex((one) => one.ts === ts),
          1,
        );
      const answered = list.some(({ thread_ts, ts }) => thread_ts === message.ts && ts !== message.ts);
      if (answered) list[list.findLastIndex(({ ts }) => ts === message.ts)] = tombstone(message);
      else drop(message.ts);
      const root = message.thread_ts && workspace.find(message.channel, message.thread_ts);
      const last = root && root.subtype === "tombstone" && !list.some(({ thread_ts }) => thread_ts === root.ts);
      if (last) drop(root.ts);
      hooks.happened({ kind: "deleted", message });
      hooks.changed();
    },
    find: (channel, ts) => messages.get(channel)?.findLast((message) => message.ts === ts),
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

function tombstone({ channel, ts, via, unfurl }: Message): Message {
  return { channel, ts, via, unfurl, subtype: "tombstone", user: "USLACKBOT", text: "This message was deleted." };
}
