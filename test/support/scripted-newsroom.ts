/** A newsroom whose answers a test writes: it stands at the port, in front of no corpus, so that an adapter can be held still. */
import type { Answer, Context } from "../../src/answer/answer.ts";
import type { Command, Inquiry, Newsroom } from "../../src/ports.ts";
import type { Reply, ReplyPart } from "../../src/reply/reply.ts";

export interface ScriptedNewsroom extends Newsroom {
  /** What was asked and run, in order. */
  readonly asked: readonly Inquiry[];
  readonly ran: readonly Command[];
  /** What the next questions and commands get; a thrown error reaches the adapter. */
  script(reply: (inquiry: Inquiry) => Reply): void;
  /** Holds every question from now on until the returned function is called. */
  hold(): () => void;
}

/** A part with one plain paragraph. */
export function notice(text: string): ReplyPart {
  return { blocks: [{ kind: "paragraph", content: [{ kind: "text", text }] }], sources: [], actions: [] };
}

/** The collections that every place may see. */
export const scriptedCollections = ["main", "desk"] as const;

/** Answers with a notice until a script says otherwise; keeps a context for each thread that was asked in. */
export function createScriptedNewsroom(): ScriptedNewsroom {
  const asked: Inquiry[] = [];
  const ran: Command[] = [];
  const answers = new Map<string, Answer>();
  const contexts = new Map<string, Context>();
  let reply: (inquiry: Inquiry) => Reply = () => ({ main: notice("Nothing scripted."), thread: [], answer: null });
  let held = Promise.resolve();

  return {
    asked,
    ran,
    script: (next) => {
      reply = next;
    },
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    commands: [
      {
        name: "sources",
        help: "What is in the corpus",
        who: "everyone",
        private: false,
        options: [],
        subcommands: [],
        example: "sources",
      },
    ],
    async ask(inquiry, signal) {
      asked.push(inquiry);
      await held;
      signal?.throwIfAborted();
      const given = reply(inquiry);
      if (given.answer) answers.set(given.answer.id, given.answer);
      if (inquiry.place) {
        const answerId = given.answer?.id ?? null;
        contexts.set(JSON.stringify(inquiry.place), { topic: [], speaker: null, outlet: null, period: null, answerId });
      }
      return given;
    },
    async run(command) {
      ran.push(command);
      return { main: notice(`Ran ${command.name}.`), thread: [], answer: null };
    },
    complete: async () => [],
    read: {
      counts: async () => ({ documents: 0, passages: 0, from: null, to: null, outlets: [] }),
      documents: async () => [],
      document: async () => null,
      revisions: async () => [],
      answer: async (id) => answers.get(id) ?? null,
      feeds: async () => [],
      arrivals: async () => [],
      digests: async () => [],
      digest: async () => null,
    },
    collections: async () => scriptedCollections,
    feedback: async () => {},
    context: async (place) => contexts.get(JSON.stringify(place)) ?? null,
    watch: () => () => undefined,
    ready: async () => undefined,
  };
}
