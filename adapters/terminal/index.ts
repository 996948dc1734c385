/** The terminal as a platform: a prompt with history whose session is one conversation. No token, no network. */
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { NewsroomError, sentenceFor } from "../../src/errors.ts";
import type { Logger } from "../../src/logger.ts";
import type { Adapter, Inquiry, Newsroom, Place } from "../../src/ports.ts";
import { counted } from "../../src/reply/counted.ts";
import { type PlainTextOptions, renderPlainText } from "../../src/reply/plain-text.ts";
import type { Reply } from "../../src/reply/reply.ts";
import type { Runtime } from "../../src/runtime.ts";
import { type Intent, readLine } from "./receive.ts";
import { renderAnswer, renderGreeting, renderHelp, renderNotice, renderPassages } from "./render.ts";

export interface TerminalOptions {
  readonly input: Readable;
  readonly output: Writable;
  /** Whether a person sits there: line editing, history and a prompt are for people. */
  readonly interactive: boolean;
  /** How text is set; asked anew for each reply, because windows change. */
  readonly layout: () => PlainTextOptions;
  /** Claims an answer at first; undefined for the core's own number. */
  readonly claims: number | undefined;
  /** Collections to answer from; null for those that the core allows a terminal. */
  readonly collections: readonly string[] | null;
  readonly runtime: Pick<Runtime, "uuid">;
  readonly logger: Logger;
  /** Called once when the person has left and every answer is out. */
  readonly onEnd: () => void;
}

const name = "terminal";
const prompt = "? ";

/** A prompt on `options.input` and `options.output`. Lines are answered one after the other, in order. */
export function createTerminalAdapter(options: TerminalOptions): Adapter {
  const { output, layout } = options;
  let lines: Interface | null = null;
  let working: Promise<void> = Promise.resolve();
  let stopping: Promise<void> | null = null;
  let answering: AbortController | null = null;
  let session = options.runtime.uuid();
  const sessions = new Set([session]);
  let claims = options.claims;
  let last: Reply | null = null;
  let posts = 0;

  const print = (text: string): void => {
    output.write(`${text}\n\n`);
  };
  const place = (): Place => ({ adapter: name, workspace: null, channel: null, thread: session });

  async function inquiry(newsroom: Newsroom, text: string): Promise<Inquiry> {
    const collections = options.collections ?? (await newsroom.collections(place()));
    return {
      text,
      asker: null,
      place: place(),
      follows: null,
      collections,
      standing: "manager",
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...(claims === undefined ? {} : { claims }),
    };
  }

  async function act(newsroom: Newsroom, intent: Intent, signal: AbortSignal): Promise<void> {
    switch (intent.kind) {
      case "question":
        last = await newsroom.ask(await inquiry(newsroom, intent.text), signal);
        return print(renderAnswer(last, layout()));
      case "command": {
        const reply = await newsroom.run(intent.command, await inquiry(newsroom, ""), signal);
        return print(renderAnswer(reply, layout()));
      }
      case "passages":
        return print(renderPassages(last, layout()));
      case "help":
        return print(renderHelp(newsroom.commands, layout()));
      case "claims":
        claims = intent.count;
        return print(renderNotice(`Up to ${counted(intent.count, "claim")} an answer from now on.`, layout()));
      case "new":
        session = options.runtime.uuid();
        sessions.add(session);
        last = null;
        return print(renderNotice("A new conversation.", layout()));
      case "mistake":
        return print(renderNotice(intent.sentence, layout()));
      case "nothing":
      case "quit":
        return;
    }
  }

  async function answer(newsroom: Newsroom, intent: Intent): Promise<void> {
    answering = new AbortController();
    try {
      await act(newsroom, intent, answering.signal);
    } catch (error) {
      if (!(error instanceof NewsroomError)) options.logger.error("a line at the prompt failed", { error });
      print(renderNotice(answering.signal.aborted ? "Stopped." : sentenceFor(error), layout()));
    } finally {
      answering = null;
      if (!stopping) lines?.prompt();
    }
  }

  /** Takes no more lines, and resolves when those that were taken are answered. */
  function stop(): Promise<void> {
    stopping ??= Promise.resolve().then(async () => {
      lines?.close();
      await working;
    });
    return stopping;
  }

  return {
    name,
    async start(newsroom) {
      lines = createInterface({
        input: options.input,
        output,
        terminal: options.interactive,
        historySize: 500,
        prompt,
      });
      if (options.interactive) print(renderGreeting(layout()));
      lines.on("line", (line) => {
        if (stopping) return;
        const intent = readLine(line, newsroom.commands);
        working = working.then(() => answer(newsroom, intent));
        if (intent.kind === "quit") void stop();
      });
      // Ctrl-C stops the answer that is being looked for; where there is none, it leaves.
      lines.on("SIGINT", () => (answering ? answering.abort() : lines?.close()));
      lines.on("close", () => {
        // Left by a key, not by a line: the shell's prompt should not stand beside ours.
        if (options.interactive && !stopping) output.write("\n");
        void stop().then(options.onEnd);
      });
      lines.prompt();
    },
    async post(to, part) {
      if (to.adapter !== name || to.thread === null || !sessions.has(to.thread) || stopping) {
        throw new NewsroomError("not-postable", "This terminal session is not there to post to.");
      }
      print(renderPlainText(part, layout()));
      if (options.interactive) lines?.prompt(true);
      posts += 1;
      return { id: `${to.thread}-${posts}`, thread: to };
    },
    stop,
  };
}
