import { describe, expect, it } from "vitest";
import { readDocuments } from "../src/corpus/read/read-documents.ts";
import { starterCollection, starterFolder } from "../src/corpus/starter.ts";
import { openThrowaway } from "../src/open-newsroom.ts";
import { sourceDocument } from "./support/documents.ts";
import { harbourReports } from "./support/harbour-reports.ts";
import { type NewsroomUnderTest, newsroomOver, plainInquiry } from "./support/newsroom.ts";
import { createTestRuntime } from "./support/runtime.ts";

const option = { command: "ask", subcommand: null, option: "question" };
const suggested = ({ newsroom }: Pick<NewsroomUnderTest, "newsroom">, prefix = "", collections = ["main"]) =>
  newsroom.complete(option, prefix, { ...plainInquiry, text: "", collections });

describe("suggested questions", () => {
  it("are at most four, all different, and each is answered", async () => {
    const opened = await newsroomOver(harbourReports);
    const questions = await suggested(opened);
    expect(questions.length).toBeGreaterThan(0);
    expect(questions.length).toBeLessThanOrEqual(4);
    expect(new Set(questions).size).toBe(questions.length);
    for (const question of questions) {
      expect(question).toMatch(/^What did \S.* say about \S.*\?$/);
      expect([question, (await opened.ask(question)).status]).toEqual([question, "answered"]);
    }
  });

  it("are answered on the starter corpus too", async () => {
    const starter = readDocuments([starterFolder], { collection: starterCollection, root: starterFolder });
    const opened = await openThrowaway(starter, { runtime: createTestRuntime(), publicUrl: null });
    const questions = await suggested(opened);
    expect(questions).toHaveLength(4);
    for (const text of questions)
      expect((await opened.newsroom.ask({ ...plainInquiry, text })).answer?.status).toBe("answered");
    await opened.close();
  });

  it("are in one line each, however their documents are set", async () => {
    const text =
      "After a long debate in the town hall on Monday, the harbour\r\nboard said that it wants floating lighthouses, which are cheaper\r\nthan the standing lighthouses that it has now had for many years\r\nand that burn down.";
    expect(await suggested(await newsroomOver([sourceDocument("d", text)]))).toContain(
      "What did the harbour board say about floating lighthouses?",
    );
  });

  it("do not ask what a speaker says about that speaker", async () => {
    const text = "The harbour minister said that floating lighthouses are cheaper.";
    expect(await suggested(await newsroomOver([sourceDocument("d", text)]))).toEqual([
      "What did the harbour minister say about floating lighthouses?",
    ]);
  });

  it("name a thing: not whose it is, nor what somebody did", async () => {
    const texts = [
      "Dockers in Hamburg extended their strike on Friday, the union said.",
      "“We will not return without floating contracts,” said Ulla Brandt, the union’s chair.",
    ];
    const opened = await newsroomOver(texts.map((text, index) => sourceDocument(`d${index}`, text)));
    for (const question of await suggested(opened)) expect(question).not.toMatch(/extended\?$|’s/);
  });

  it("are those that begin as a person has typed", async () => {
    const opened = await newsroomOver(harbourReports);
    const [first] = await suggested(opened);
    expect(await suggested(opened, `  ${first!.slice(0, 20).toUpperCase()}`)).toContain(first);
    expect(await suggested(opened, "How many")).toEqual([]);
  });

  it("are none for another option, and none in an empty or speechless corpus", async () => {
    const opened = await newsroomOver(harbourReports);
    const inquiry = { ...plainInquiry, text: "" };
    expect(
      await opened.newsroom.complete({ command: "sources", subcommand: null, option: "question" }, "", inquiry),
    ).toEqual([]);
    expect(await opened.newsroom.complete({ command: "ask", subcommand: null, option: "other" }, "", inquiry)).toEqual(
      [],
    );
    expect(await suggested(await newsroomOver([]))).toEqual([]);
    expect(await suggested(await newsroomOver([sourceDocument("d", "Ships left. It rained.")]))).toEqual([]);
  });

  it("come only from what the place may see, and change with the corpus", async () => {
    const hidden = "The pilot said that floating lighthouses are cheaper than standing lighthouses.";
    const opened = await newsroomOver([
      ...harbourReports,
      sourceDocument("secret.txt", hidden, { collection: "investigations" }),
    ]);
    expect((await suggested(opened)).join()).not.toContain("pilot");
    expect((await suggested(opened, "", ["investigations"])).join()).toContain("the pilot");
    await opened.add([sourceDocument("open.txt", hidden.replace("pilot", "skipper"))]);
    for (const { id } of await opened.newsroom.read.documents(["main"], { limit: 9, after: null }))
      if (!id.startsWith("open")) await opened.store.forget(id);
    expect((await suggested(opened)).join()).toContain("the skipper");
  });
});
