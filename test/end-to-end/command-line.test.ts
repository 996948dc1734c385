import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run, start, temporaryFolder } from "../support/command-line.ts";

const cable = "What did the cable say about religious freedom?";

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const here = (argv: readonly string[], options: { input?: string | Uint8Array; env?: Record<string, string> } = {}) =>
  run(argv, { cwd: folder.path, ...options });
const lines = (out: string) =>
  out
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));

describe("a fresh clone", () => {
  it("answers from the starter corpus, with a citation and without colour in a pipe", async () => {
    const { code, out, err } = await here(["ask", cable]);
    expect(out).toMatch(/religious\s+freedom/);
    expect(out).toMatch(/\[1\]/);
    expect(out).not.toContain("\u001b");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(readdirSync(join(folder.path, "data"))).toContain("dateline.sqlite");
  });

  it("says how it is used", async () => {
    const { code, out } = await here(["--help"]);
    expect(out).toMatch(/^Usage: dateline/);
    expect(code).toBe(0);
    expect(await here(["frobnicate"])).toMatchObject({ code: 2, out: "" });
  });

  it("serves its pages without a token, and says what the platforms need", async () => {
    const child = start([], { cwd: folder.path, env: { WEB_PORT: "0" } });
    let err = "";
    for await (const chunk of child.stderr!.setEncoding("utf8")) {
      err += chunk;
      if (err.includes("Serving web")) child.kill("SIGTERM");
    }
    expect(err).toContain("SLACK_BOT_TOKEN");
    expect(err).toContain("DISCORD_TOKEN");
    expect(err).toMatch(/Open http:\/\/127\.0\.0\.1:\d+\/ in a browser/);
    expect(child.exitCode ?? (await once(child, "close"))[0]).toBe(0);
  });

  it("reads .env in the folder it is started in; the environment comes first", async () => {
    writeFileSync(join(folder.path, ".env"), "DATELINE_DATA=elsewhere\nPORT=none\n");
    const wrong = await here(["ask", cable]);
    expect(wrong).toMatchObject({ code: 1, out: "", err: expect.stringContaining("PORT must be a port") });
    expect((await here(["ask", cable], { env: { PORT: "3000" } })).code).toBe(0);
    expect(readdirSync(folder.path).toSorted()).toEqual([".env", "elsewhere"]);
  });
});

describe("questions nobody should fear", () => {
  const odd: readonly (readonly [string, string])[] = [
    ["only stop words", "what is the of and to"],
    ["another language", "Was sagt das Telegramm über Religionsfreiheit?"],
    ["another script", "这份电报对宗教自由说了什么？"],
    ["emoji", "👩🏽‍🚀 🏳️‍🌈 religious freedom ❤️?"],
    ["only emoji", "👩🏽‍🚀🏳️‍🌈"],
    ["control characters", "religious\u0000\u001b[31m freedom\u0007\u202E?"],
    ["lone surrogates", "religious \uD83D freedom"],
    ["SQL", "'; DROP TABLE documents; -- religious freedom"],
    ["FTS syntax", 'religious NEAR/2 freedom* OR "cable" AND NOT (col:x ^y'],
    ["a regular expression", "(a+)+$ [[:alpha:]] \\d{1,99999} (?<=x*)"],
    ["a path", "../../../../etc/passwd"],
    ["a format string", "%s%s%n $(id) {{7*7}} #{x}"],
    ["an object's own names", "__proto__ constructor toString hasOwnProperty"],
    ["one long word", "x".repeat(1900)],
    ["combining marks", `a${"\u0301".repeat(1500)}`],
    ["right to left", "מה אמר המברק על חופש הדת?"],
    ["punctuation", "??!!…—“”"],
    ["too long", "long question ".repeat(715).slice(0, 10_000)],
  ];

  it("answers, declines or explains each, in order, and goes on", async () => {
    // A line break would be two questions; the rest arrives as it is.
    const input = odd.map(([, question]) => question).join("\n");
    const { code, out, err } = await here(["ask", "--json"], { input });
    const answers = lines(out);
    expect(answers).toHaveLength(odd.length);
    for (const [i, answer] of answers.entries()) {
      const what = odd[i]![0];
      if ("error" in answer) {
        expect(answer, what).toEqual({
          question: expect.any(String),
          error: { code: "bad-question", message: expect.any(String) },
        });
        continue;
      }
      expect(["answered", "not-in-corpus"], what).toContain(answer.status);
      if (answer.status === "answered")
        expect(answer.claims.every((claim: { citations: number[] }) => claim.citations.length > 0)).toBe(true);
    }
    const named = Object.fromEntries(odd.map(([what], i) => [what, answers[i]]));
    expect(named["too long"].error.message).toContain("10,000");
    expect(named["only emoji"]).toHaveProperty("error");
    expect(named.punctuation).toHaveProperty("error");
    for (const what of ["only stop words", "a path", "an object's own names", "one long word"]) {
      expect(named[what].status, what).toBe("not-in-corpus");
    }
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  it("explains an empty question and one of 10,000 characters, with 2 and nothing on the output", async () => {
    for (const question of ["", "   ", "x".repeat(10_000)]) {
      const { code, out, err } = await here(["ask", question]);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(/^There is no question|^That question has 10,000 characters/);
      expect(err.trim().split("\n")).toHaveLength(1);
    }
  });
});

describe("standard input", () => {
  it("is questions, one a line: blank lines skipped, in order, failures among them", async () => {
    const input = `${cable}\r\n\r\n   \n???\nWho won the football cup in 1966?`;
    const { code, out } = await here(["ask", "--json"], { input });
    const answers = lines(out);
    expect(answers.map(({ question }) => question)).toEqual([cable, "???", "Who won the football cup in 1966?"]);
    expect(answers.map((answer) => answer.status ?? answer.error.code)).toEqual([
      "answered",
      "bad-question",
      "not-in-corpus",
    ]);
    expect(code).toBe(0);
  });

  it("may be empty, binary or not UTF-8", async () => {
    expect(await here(["ask", "--json"])).toEqual({ code: 0, out: "", err: "" });
    const bytes = Uint8Array.from({ length: 4096 }, (_, i) => (i * 37) % 256);
    const { code, out } = await here(["ask", "--json"], { input: bytes });
    expect(lines(out).length).toBeGreaterThan(0);
    expect(code).toBe(0);
  });

  it("is read no further once nobody reads the answers, and that is no failure", async () => {
    const child = start(["ask", "--json"], { cwd: folder.path });
    child.stdin!.on("error", () => undefined);
    child.stdin!.write("the cable\n".repeat(5000));
    await once(child.stdout!, "data");
    child.stdout!.destroy();
    const [err, [code]] = await Promise.all([text(child.stderr!), once(child, "close")]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  it("ends in good order on Ctrl-C", async () => {
    const child = start(["ask", "--json"], { cwd: folder.path });
    child.stdin!.write(`${cable}\n`);
    await once(child.stdout!, "data");
    child.kill("SIGINT");
    const [err, [code]] = await Promise.all([text(child.stderr!), once(child, "close")]);
    expect({ code, err }).toEqual({ code: 130, err: "" });
  });
});

describe("a data folder that cannot be used", () => {
  const data = () => join(folder.path, "data");
  const database = () => join(data(), "dateline.sqlite");

  /** Each command says so in one line and gives 1; nothing is printed, nothing changes. */
  async function expectRefusal(sentence: RegExp): Promise<void> {
    const before = readdirSync(data()).map((name) => [name, readFileSync(join(data(), name))]);
    for (const argv of [["ask", cable], ["sources"], ["ingest", "data"]]) {
      const { code, out, err } = await here(argv);
      expect({ code, out }, argv[0]).toEqual({ code: 1, out: "" });
      expect(err, argv[0]).toMatch(sentence);
      expect(err.trim().split("\n")).toHaveLength(1);
    }
    expect(readdirSync(data()).map((name) => [name, readFileSync(join(data(), name))])).toEqual(before);
  }

  it("is not a database", async () => {
    mkdirSync(data());
    writeFileSync(database(), "a text that somebody put here ".repeat(100));
    await expectRefusal(/dateline\.sqlite is not a database of Dateline's\. Move it away/);
  });

  it("is a database of something else", async () => {
    mkdirSync(data());
    const other = new DatabaseSync(database());
    other.exec("CREATE TABLE recipes (name TEXT)");
    other.close();
    await expectRefusal(/is not a database of Dateline's/);
  });

  it("is of a newer version", async () => {
    expect((await here(["ask", cable])).code).toBe(0);
    const ours = new DatabaseSync(database());
    ours.exec("PRAGMA user_version = 9999");
    ours.exec("PRAGMA journal_mode = DELETE");
    ours.close();
    await expectRefusal(/was written by a newer Dateline/);
  });

  it("is locked by another process", async () => {
    expect((await here(["ask", cable])).code).toBe(0);
    writeFileSync(join(folder.path, "new.md"), "The harbour board said that dredging will cost 14 million euros.");
    const holder = new DatabaseSync(database());
    holder.exec("BEGIN EXCLUSIVE");
    const ran = await here(["ingest", "new.md"]);
    holder.exec("ROLLBACK");
    holder.close();
    expect(ran).toMatchObject({ code: 1, out: "", err: expect.stringMatching(/is locked by another process/) });
  });

  // Root may write everywhere, so for root somebody else is started who may not.
  const root = process.getuid?.() === 0;
  it.skipIf(process.platform === "win32")("may not be written", async () => {
    mkdirSync(data());
    chmodSync(folder.path, 0o755);
    chmodSync(data(), 0o555);
    const somebody = root ? { uid: 65_534 } : {};
    const { code, out, err } = await run(["ask", cable], { cwd: folder.path, ...somebody });
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/cannot be written\. Give this user write permission/);
    expect(readdirSync(data())).toEqual([]);
    chmodSync(data(), 0o755);
  });

  it("is a file", async () => {
    writeFileSync(data(), "");
    const { code, err } = await here(["ask", cable]);
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/cannot be a data folder: a file is in its place/),
    });
  });
});

describe("documents that cannot be used", () => {
  const put = (name: string, content: string | Uint8Array) => writeFileSync(join(folder.path, name), content);

  it("are named, and the others are kept", async () => {
    mkdirSync(join(folder.path, "in"));
    put("in/good.md", "---\ntitle: Good\n---\n\nThe harbour board said that dredging will cost 14 million euros.\n");
    put("in/empty.md", "");
    put(
      "in/binary.txt",
      Uint8Array.from({ length: 2048 }, (_, i) => (i * 7) % 256),
    );
    put("in/lying.md", "---\ntitle: [unclosed\npublished: {{{\n---\n\nThe ferry company said that nobody was hurt.\n");
    put("in/invalid.txt", Buffer.from([0x54, 0x68, 0x65, 0x20, 0xff, 0xfe, 0xc3, 0x28, 0x20, 0x65, 0x6e, 0x64, 0x2e]));
    put("in/endless.txt", "word ".repeat(200_000));
    const { code, out, err } = await here(["ingest", "in"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^Documents: [1-9]\d* added, \d+ could not be read\./);
    expect(err).toContain("empty.md");
    const answer = await here(["ask", "What will dredging cost?"]);
    expect(answer).toMatchObject({ code: 0, out: expect.stringContaining("14 million euros") });
  });

  it("do nothing to the terminal, whatever their titles hold", async () => {
    put(
      "evil.md",
      '---\ntitle: "Evil \\e]0;owned\\a\\e[2J \\u202Etitle"\n---\n\nThe harbour board \u001b[31msaid\u001b[0m that dredging will cost 14 million euros.\n',
    );
    const ran = await here(["ask", "--corpus", "evil.md", "What will dredging cost?"]);
    expect(ran.out).toContain("14 million euros");
    const sources = await here(["sources", "--corpus", "evil.md"]);
    for (const shown of [ran.out, sources.out])
      expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it("leave no corpus to answer from", async () => {
    put("empty.md", "");
    for (const path of ["empty.md", "absent"]) {
      const { code, out, err } = await here(["ask", "--corpus", path, cable]);
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(err).toContain(path);
    }
  });
});
