/** `chat.startStream`, `appendStream`, `stopStream`: a message that grows, in one mode, for five minutes at the most. */
import { Refusal, readBlocks, readMetadata, readShape, requireText, structured, withIds } from "./content.ts";
import type { Method } from "./methods.ts";
import { asWire } from "./methods-chat.ts";
import type { Posting } from "./posting.ts";
import type { Json, Message, Workspace } from "./workspace.ts";

type Mode = NonNullable<NonNullable<Message["stream"]>["mode"]>;

interface Piece {
  readonly mode: Mode | null;
  readonly text: string;
  readonly blocks: readonly Json[];
}

/** Slack ends a stream by itself about five minutes after it began (slackapi/python-slack-sdk#1859). */
const lifeMs = 5 * 60_000;

/** `chat.startStream`, `appendStream` and `stopStream`. */
export function createStreamMethods(workspace: Workspace, posting: Posting): Record<string, Method> {
  const started = new Map<string, number>();
  const write = () => ["chat:write"];

  function piece(args: Json): Piece {
    const chunks = structured(args, "chunks", "invalid_chunks") as readonly Json[] | undefined;
    const markdown = args.markdown_text;
    if (chunks !== undefined && markdown !== undefined) throw new Refusal("invalid_arguments");
    if (typeof markdown === "string" && markdown.length > 12_000) throw new Refusal("msg_too_long");
    if (chunks === undefined)
      return { mode: markdown === undefined ? null : "markdown_text", text: String(markdown ?? ""), blocks: [] };
    readShape("chunks", chunks, "invalid_chunks");
    const text = chunks.map((chunk) => (chunk.type === "markdown_text" ? String(chunk.text) : "")).join("");
    if (text.length > 12_000) throw new Refusal("msg_too_long");
    const blocks = chunks.flatMap((chunk) => readBlocks({ blocks: chunk.blocks }, "message", "chunks") ?? []);
    return { mode: "chunks", text, blocks };
  }

  function openStream(args: Json): Message {
    const message = posting.own(args, "message_not_owned_by_app");
    const late = workspace.now() - (started.get(message.ts) ?? 0) > lifeMs;
    if (!message.stream?.open || late) throw new Refusal("message_not_in_streaming_state");
    return message;
  }

  /** The stream's first content decides how all the rest has to come. */
  function modeAfter(message: Message, { mode }: Piece): Mode | null {
    const before = message.stream?.mode ?? null;
    if (before && mode && before !== mode) throw new Refusal("streaming_mode_mismatch");
    return before ?? mode;
  }

  const joined = (message: Message, more: readonly Json[]) => [...(message.blocks ?? []), ...withIds(more)];

  return {
    "chat.startStream": {
      scopes: write,
      run(args) {
        const channel = posting.target(args);
        requireText(args, "thread_ts", "invalid_thread_ts");
        const thread_ts = posting.rootOf(channel, args)!;
        if (channel.kind !== "im") {
          const user = requireText(args, "recipient_user_id", "missing_recipient_user_id");
          requireText(args, "recipient_team_id", "missing_recipient_team_id");
          if (!workspace.people.has(user)) throw new Refusal("user_not_found");
        }
        const { mode, text, blocks } = piece(args);
        const message = workspace.post({
          channel: channel.id,
          ...posting.author,
          text,
          ...(blocks.length > 0 && { blocks: withIds(blocks) }),
          thread_ts,
          stream: { open: true, mode },
          via: "chat.startStream",
        });
        started.set(message.ts, workspace.now());
        const panel = workspace.threads.get(`${channel.id}:${thread_ts}`);
        if (panel) panel.status = "";
        return { channel: channel.id, ts: message.ts };
      },
    },
    "chat.appendStream": {
      scopes: write,
      run(args) {
        const message = openStream(args);
        const more = piece(args);
        if (more.mode === null || (more.mode === "markdown_text" && more.text === "")) throw new Refusal("no_text");
        const stream = { open: true, mode: modeAfter(message, more) };
        const blocks = joined(message, more.blocks);
        workspace.change(
          message,
          { text: message.text + more.text, stream, ...(blocks.length > 0 && { blocks }) },
          true,
        );
        return { channel: message.channel, ts: message.ts };
      },
    },
    "chat.stopStream": {
      scopes: write,
      run(args) {
        const message = openStream(args);
        const more = piece(args);
        const stream = { open: false, mode: modeAfter(message, more) };
        const last = readBlocks(args, "message") ?? [];
        const metadata = readMetadata(args);
        const text = message.text + more.text;
        const blocks = joined(message, [...more.blocks, ...last]);
        if (text.trim() === "" && blocks.length === 0) throw new Refusal("no_text");
        const changed = workspace.change(message, {
          text,
          stream,
          ...(blocks.length > 0 && { blocks }),
          ...(metadata && { metadata }),
        });
        return { channel: message.channel, ts: message.ts, message: asWire(changed) };
      },
    },
  };
}
