/** What every adapter keeps to, whatever its platform; each adapter runs this suite over a harness of its own. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Citation, Claim } from "../../src/answer/answer.ts";
import { composeReply } from "../../src/answer/compose.ts";
import { NewsroomError } from "../../src/errors.ts";
import type { Adapter, Newsroom, Place } from "../../src/ports.ts";
import type { Reply } from "../../src/reply/reply.ts";
import { answered, citation } from "../support/answers.ts";
import {
  createScriptedNewsroom,
  notice,
  type ScriptedNewsroom,
  scriptedCollections,
} from "../support/scripted-newsroom.ts";

/** One message as a person sees it. */
export interface Shown {
  readonly text: string;
  /** The numbers of the citation marks in it, its list of sources included. */
  readonly marks: readonly number[];
  /** Every address in it that can be followed, also behind marks. */
  readonly links: readonly string[];
  /** What in the raw message could ping, unfurl, hide, redress or act on this platform; empty when nothing can. */
  readonly hazards: readonly string[];
  /** How it breaks the platform's limits; null when it does not. */
  readonly overLimit: string | null;
}

/** What an adapter's test supplies: a person on the platform, and the far end that shows what they see. */
export interface AdapterHarness {
  readonly adapter: Adapter;
  /** A person asks in a new conversation; resolves with what came back, thread included, when the adapter is done. */
  ask(text: string): Promise<readonly Shown[]>;
  /** A person goes on in the conversation of the last `ask`, the way that needs no command; resolves likewise. */
  followUp(text: string): Promise<readonly Shown[]>;
  /** A person runs a command that the newsroom lists; resolves likewise. */
  command(name: string): Promise<readonly Shown[]>;
  /** As `ask`, but resolves as soon as the question is on its way into the newsroom. */
  say(text: string): Promise<void>;
  /** The platform delivers a message that the adapter itself wrote; resolves when the adapter has dealt with it. */
  deliverOwnMessage(text: string): Promise<void>;
  /** Everything shown so far. */
  shown(): readonly Shown[];
  /** A place as this adapter makes them, with somebody in it. */
  place(): Place;
  /** Frees what the harness holds; the adapter may be stopped already. */
  close(): Promise<void>;
}

/** Opens a harness whose adapter was started with `newsroom`. */
export type OpenHarness = (newsroom: Newsroom) => Promise<AdapterHarness>;

function claiming(claims: readonly Pick<Claim, "text" | "citations">[], citations: readonly Citation[]): Reply {
  return answered(citations, {
    question: "What did the cable say?",
    claims: claims.map((claim) => ({ speaker: null, variants: [], ...claim })),
  });
}

function declined(): Reply {
  const { n: _n, ...nearest } = citation(1);
  const answer = claiming([], []).answer!;
  return composeReply(
    { ...answer, status: "not-in-corpus", reason: "topic", nearest: [nearest] },
    { url: ({ url }) => url, passage: () => null },
  );
}

/** Text that would ping, link, format, hide or act somewhere. */
const hostile = [
  "<!channel> <@U0123456> <#C0123456|general> <https://evil.example|click>",
  "@everyone @here <@123456789012345678> [click](https://evil.example) discord.gg/evil",
  "\u001b]0;owned\u0007\u001b[2J\u001b[31mred\u009b1m \b\b\rX",
  "\u202Eevil\u202C \u2066x\u2069 pay\u200Bpal\uFEFF \uD83D lone",
  "*bold* _it_ ~s~ `code` ```\n> quote\n# heading\n||spoiler|| &amp; & < >",
];
const acting = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\p{Cs}/u;

function expectInert(messages: readonly Shown[]): void {
  expect(messages).not.toHaveLength(0);
  for (const message of messages) {
    expect(message.text).not.toMatch(acting);
    expect(message.hazards).toEqual([]);
    for (const link of message.links) expect(link).toMatch(/^https?:\/\/(?!evil\.example)/);
  }
}

/** Claims whose every word names its claim, so that no word can go missing or lose its marks unseen. */
function longReply(): {
  readonly reply: Reply;
  readonly words: readonly string[];
  readonly marks: readonly number[][];
} {
  const lengths = [900, 20, 30, 5, ...Array.from({ length: 30 }, (_, i) => 10 + 7 * (i % 5))];
  const texts = lengths.map((length, claim) =>
    Array.from({ length }, (_, i) => `c${claim}w${i}${i % 12 === 11 ? "." : ""}`).join(" "),
  );
  const marks = lengths.map((_, claim) => [2 * claim + 1, 2 * claim + 2]);
  const claims = texts.map((text, claim) => ({ text, citations: marks[claim]! }));
  return {
    reply: claiming(
      claims,
      marks.flat().map((n) => citation(n)),
    ),
    words: texts.join(" ").match(/c\d+w\d+/g)!,
    marks,
  };
}

/** Runs the suite; `open` is called anew for every test. */
export function describeAdapter(name: string, open: OpenHarness): void {
  describe(`the ${name} adapter, as every adapter,`, () => {
    let newsroom: ScriptedNewsroom;
    let harness: AdapterHarness;

    beforeEach(async () => {
      newsroom = createScriptedNewsroom();
      harness = await open(newsroom);
    });
    afterEach(async () => {
      await harness.adapter.stop();
      await harness.close();
    });

    it("answers with the claim, its marks and where they open", async () => {
      newsroom.script(() =>
        claiming([{ text: "The cable urges vigilance.", citations: [1, 2] }], [citation(1), citation(2)]),
      );
      const messages = await harness.ask("What does the cable urge?");
      const answer = messages.find(({ text }) => text.includes("The cable urges vigilance."));
      expect(answer?.marks).toEqual(expect.arrayContaining([1, 2]));
      const links = messages.flatMap((message) => message.links);
      expect(links).toContainEqual(
        expect.stringMatching(/^https:\/\/news\.example\/1#:~:text=|^https:\/\/news\.example\/1$/),
      );
      expect(newsroom.asked.map(({ text }) => text)).toEqual(["What does the cable urge?"]);
    });

    it("tells the core where it is asked and what that place may see", async () => {
      await harness.ask("What does the cable urge?");
      expect(newsroom.asked[0]!.place?.adapter).toBe(harness.adapter.name);
      expect(newsroom.asked[0]!.collections).toEqual(scriptedCollections);
    });

    it("keeps a conversation together", async () => {
      newsroom.script(() => claiming([{ text: "It urges vigilance.", citations: [1] }], [citation(1)]));
      await harness.ask("What does the cable urge?");
      await harness.followUp("And in Canada?");
      const [first, second] = newsroom.asked;
      expect(second!.text).toBe("And in Canada?");
      const sameThread = second!.place?.thread != null && second!.place.thread === first!.place?.thread;
      expect(sameThread || second!.follows === "a-0000000000000001").toBe(true);
    });

    it("shows a decline as one, with the nearest passages", async () => {
      newsroom.script(declined);
      const text = (await harness.ask("Who won the cup?")).map((message) => message.text).join("\n");
      expect(text).toContain("Not in the corpus.");
      expect(text).toContain("not an answer");
      expect(text).toContain("quotation number 1");
    });

    it("runs a command that the core lists", async () => {
      const messages = await harness.command("sources");
      expect(newsroom.ran).toEqual([{ name: "sources", subcommand: null, options: {} }]);
      expect(messages.map(({ text }) => text).join("\n")).toContain("Ran sources.");
    });

    it("says what is wrong in the error's own sentence, and goes on", async () => {
      newsroom.script(() => {
        throw new NewsroomError("bad-question", "Ask a question of at least one word.");
      });
      const messages = await harness.ask("?");
      expect(messages.map(({ text }) => text).join("\n")).toContain("Ask a question of at least one word.");
      newsroom.script(() => claiming([{ text: "It urges vigilance.", citations: [1] }], [citation(1)]));
      expect((await harness.ask("Again?")).map(({ text }) => text).join("\n")).toContain("It urges vigilance.");
    });

    it("apologises for what nobody foresaw, without its insides", async () => {
      newsroom.script(() => {
        throw new TypeError("Cannot read properties of undefined (reading 'secret')");
      });
      const messages = await harness.ask("What does the cable urge?");
      const text = messages.map((message) => message.text).join("\n");
      expect(text).toContain("Something went wrong");
      expect(text).not.toMatch(/TypeError|undefined|secret/);
    });

    it.each(hostile)("makes strangers' text harmless: %j", async (text) => {
      const cited = citation(1, {
        title: text,
        outlet: text,
        published: text,
        quote: text,
        url: "javascript:alert(1)",
      });
      newsroom.script(() =>
        claiming([{ text, citations: [1, 2] }], [cited, citation(2, { title: text, outlet: null })]),
      );
      expectInert(await harness.ask(text));
      newsroom.script(() => {
        throw new NewsroomError("bad-question", `This is no question: ${text}`);
      });
      expectInert(await harness.ask("Again?"));
    });

    it("splits a long answer without losing a word or a citation", async () => {
      const { reply, words, marks } = longReply();
      newsroom.script(() => reply);
      const messages = await harness.ask("What does the cable say?");
      expect(messages.map(({ overLimit }) => overLimit).filter((fault) => fault !== null)).toEqual([]);
      expect(messages.flatMap(({ text }) => text.match(/c\d+w\d+/g) ?? [])).toEqual(words);
      for (const message of messages) {
        const claims = new Set([...message.text.matchAll(/c(\d+)w\d+/g)].map((match) => Number(match[1])));
        for (const claim of claims) expect(message.marks).toEqual(expect.arrayContaining(marks[claim]!));
      }
    });

    it("posts to a place of its own and says where it stands", async () => {
      const place = harness.place();
      const posted = await harness.adapter.post(place, notice("The digest of today."), {
        id: "digest-1",
        triedSince: null,
      });
      expect(posted.id).not.toBe("");
      expect(posted.thread.adapter).toBe(harness.adapter.name);
      expect(
        harness
          .shown()
          .map(({ text }) => text)
          .join("\n"),
      ).toContain("The digest of today.");
    });

    it("refuses to post to a place that is not its own", async () => {
      const foreign: Place = { adapter: "elsewhere", workspace: "w", channel: "c", thread: null };
      const before = harness.shown().length;
      await expect(
        harness.adapter.post(foreign, notice("Lost."), { id: "digest-2", triedSince: null }),
      ).rejects.toMatchObject({ code: "not-postable" });
      expect(harness.shown()).toHaveLength(before);
    });

    it("never answers itself", async () => {
      await harness.deliverOwnMessage("What does the cable urge?");
      expect(newsroom.asked).toEqual([]);
    });

    it("answers what is in flight before it stops, and stops only once", async () => {
      newsroom.script(() => claiming([{ text: "It urges vigilance.", citations: [1] }], [citation(1)]));
      const release = newsroom.hold();
      await harness.say("What does the cable urge?");
      let stopped = false;
      const stopping = Promise.all([harness.adapter.stop(), harness.adapter.stop()]).then(() => {
        stopped = true;
      });
      await new Promise(setImmediate);
      expect(stopped).toBe(false);
      release();
      await stopping;
      expect(
        harness
          .shown()
          .map(({ text }) => text)
          .join("\n"),
      ).toContain("It urges vigilance.");
      await harness.adapter.stop();
    });
  });
}
