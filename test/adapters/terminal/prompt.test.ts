import { describe, expect, it } from "vitest";
import type { Answer } from "../../../src/answer/answer.ts";
import { composeReply } from "../../../src/answer/compose.ts";
import type { Reply } from "../../../src/reply/reply.ts";
import { createScriptedNewsroom } from "../../support/scripted-newsroom.ts";
import { sitDown } from "../../support/typist.ts";

const citation = {
  n: 1,
  document: "d-1",
  revision: 1,
  title: "Title",
  outlet: "Outlet",
  published: "2026-11-02",
  url: null,
};
const answer: Answer = {
  id: "a-1",
  question: "What?",
  status: "answered",
  claims: [{ text: "It says so.", speaker: null, citations: [1], variants: [] }],
  citations: [{ ...citation, quote: "It says so.", start: 0, end: 11 }],
  nearest: [],
  searched: { documents: 1, passages: 1 },
};
const reply: Reply = composeReply(answer, {
  url: () => null,
  passage: ({ quote }) => ({ before: "Before it. ", quote, after: " After it." }),
});

describe("the prompt", () => {
  it("prints the answer with its sources", async () => {
    const newsroom = createScriptedNewsroom();
    newsroom.script(() => reply);
    const typist = await sitDown(newsroom);
    expect(await typist.type("What?")).toBe("It says so. [1]\n\n[1] Outlet, Title, 2 November 2026\n\n");
  });

  it("shows the passages of the last answer when it is asked to", async () => {
    const newsroom = createScriptedNewsroom();
    newsroom.script(() => reply);
    const typist = await sitDown(newsroom);
    expect(await typist.type("/passages")).toContain("no answer yet");
    await typist.type("What?");
    expect(await typist.type("/passages")).toBe(
      "[1] Outlet, Title, 2 November 2026\n  | Before it. *It says so.* After it.\n\n",
    );
  });

  it("asks for as many claims as are wanted, once that is said", async () => {
    const newsroom = createScriptedNewsroom();
    const typist = await sitDown(newsroom);
    await typist.type("What?");
    await typist.type("/claims 7");
    await typist.type("What else?");
    expect(newsroom.asked.map(({ claims }) => claims)).toEqual([undefined, 7]);
  });

  it("keeps one thread until a new conversation is begun", async () => {
    const newsroom = createScriptedNewsroom();
    const typist = await sitDown(newsroom);
    await typist.type("What?");
    await typist.type("And then?");
    await typist.type("/new");
    await typist.type("What?");
    const [first, second, third] = newsroom.asked.map(({ place }) => place?.thread);
    expect(first).toBe(second);
    expect(third).not.toBe(first);
  });

  it("answers from the collections it was given, else from those the core allows", async () => {
    const newsroom = createScriptedNewsroom();
    const typist = await sitDown(newsroom, { collections: ["legal"] });
    await typist.type("What?");
    expect(newsroom.asked[0]!.collections).toEqual(["legal"]);
  });

  it("answers lines that come at once in their order", async () => {
    const newsroom = createScriptedNewsroom();
    const typist = await sitDown(newsroom);
    for (const line of ["one", "two", "three"]) typist.dash(line);
    typist.hangUp();
    await typist.left;
    expect(newsroom.asked.map(({ text }) => text)).toEqual(["one", "two", "three"]);
  });

  it("answers what was asked before the person left, then says that they have", async () => {
    const newsroom = createScriptedNewsroom();
    newsroom.script(() => reply);
    const typist = await sitDown(newsroom);
    typist.dash("What?");
    typist.dash("/quit");
    await typist.left;
    expect(typist.printed().join("")).toContain("It says so. [1]");
  });

  it("asks nothing more after the person has left", async () => {
    const newsroom = createScriptedNewsroom();
    const typist = await sitDown(newsroom);
    typist.dash("/quit\nWhat?");
    await typist.left;
    expect(newsroom.asked).toEqual([]);
  });

  it("lists the core's commands in its help, and keeps within the width", async () => {
    const typist = await sitDown(createScriptedNewsroom(), { width: 40 });
    const help = await typist.type("/help");
    expect(help).toContain("/sources");
    expect(help).toContain("/quit");
    for (const line of help.split("\n")) expect(line.length).toBeLessThanOrEqual(40);
  });

  it("writes what nobody foresaw into the log, not onto the screen", async () => {
    const newsroom = createScriptedNewsroom();
    newsroom.script(() => {
      throw new TypeError("x is not a function");
    });
    const typist = await sitDown(newsroom);
    expect(await typist.type("What?")).not.toContain("x is not a function");
    expect(typist.log.join("")).toContain("x is not a function");
  });

  it("posts only to a session of its own", async () => {
    const typist = await sitDown(createScriptedNewsroom());
    const place = { adapter: "terminal", workspace: null, channel: null, thread: "another session" };
    await expect(typist.adapter.post(place, reply.main, { id: "d-1", triedSince: null })).rejects.toMatchObject({
      code: "not-postable",
    });
  });
});
