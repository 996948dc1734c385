import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Platform } from "../src/cli/surroundings.ts";
import { NewsroomError } from "../src/errors.ts";
import type { Adapter } from "../src/ports.ts";
import { type Runtime, systemRuntime } from "../src/runtime.ts";
import { endRun, type RunOptions, runInside, temporaryFolder } from "./support/command-line.ts";
import { serveHttp } from "./support/loopback.ts";

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
const inside = (argv: readonly string[], options?: RunOptions) => runInside([...argv, "--data", data], options);

function platform(name: string, told: string[], over: Partial<Platform & Pick<Adapter, "start">> = {}): Platform {
  return {
    name,
    missing: () => [],
    begun: () => true,
    create: async () => ({
      name,
      start: async () => void told.push(`${name} started`),
      post: () => Promise.reject(new Error("not asked to")),
      stop: async () => void told.push(`${name} stopped`),
      ...over,
    }),
    ...over,
  };
}

beforeEach(() => {
  folder = temporaryFolder();
  data = join(folder.path, "data");
});
afterEach(() => folder.remove());

/** A file of the test's own newsroom. */
function write(name: string, text: string): string {
  const path = join(folder.path, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const harbour =
  "---\ntitle: Harbour board on dredging\noutlet: The Gazette\n---\n\nThe harbour board said on Monday that dredging will cost 14 million euros. “We urge patience,” said its chairwoman, Ada Brandt.\n";

describe("asking on the command line", () => {
  it("prints an answer with its sources, and 0", async () => {
    const { code, out, err } = await inside(
      ["ask", "--corpus", write("h.md", harbour), "What will dredging cost?"].slice(0, 4),
    );
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("--data has no effect") });
    expect(out).toBe("");
    const ran = await runInside(["ask", "--corpus", write("h.md", harbour), "What will dredging cost?"]);
    expect(ran.out).toContain("dredging will cost 14 million euros. [1]");
    expect(ran.out).toContain("[1] The Gazette, Harbour board on dredging");
    expect(ran).toMatchObject({ code: 0, err: "" });
  });

  it("prints what is not in the corpus as such, and 3", async () => {
    const { code, out } = await inside(["ask", "Who won the football cup in 1966?"]);
    expect(out).toMatch(/^Not in the corpus\./);
    expect(code).toBe(3);
  });

  it("has colour and width on a terminal, and none elsewhere", async () => {
    const argv = ["ask", "What did the cable say about religious freedom?"];
    const terminal = await inside(argv, { columns: 50 });
    expect(terminal.out).toContain("\u001b[36m[1]\u001b[39m");
    for (const line of terminal.out.replace(/\u001b\[\d+m/g, "").split("\n"))
      expect(line.length).toBeLessThanOrEqual(50);
    const plain = await inside(argv, { columns: 50, env: { NO_COLOR: "1" } });
    expect(plain.out).not.toContain("\u001b");
    expect(plain.out).toBe(terminal.out.replace(/\u001b\[\d+m/g, ""));
    expect((await inside(argv)).out).not.toContain("\u001b");
  });

  it("shows passages in their place and the time it took, when it is asked to", async () => {
    const { out } = await inside(["ask", "--passages", "--timing", "What did the cable say about religious freedom?"]);
    expect(out).toMatch(/\n {2}\| .*\*/);
    expect(out).toMatch(/Answered in \d+\.\d ms\.\n$/);
  });

  it("prints at most as many claims as are wanted", async () => {
    const ask = async (...more: string[]) =>
      JSON.parse((await inside(["ask", "--json", ...more, "What did the cable say?"])).out).claims.length as number;
    expect(await ask("--claims", "1")).toBe(1);
    expect(await ask()).toBeLessThanOrEqual(3);
  });

  it("prints the answer as data, the same bytes each time, timing apart", async () => {
    const argv = ["ask", "--json", "What did the cable say about religious freedom?"];
    const [first, second] = [await inside(argv), await inside(argv)];
    expect(first.out).toBe(second.out);
    const answer = JSON.parse(first.out);
    expect(Object.keys(answer)).toEqual(
      expect.arrayContaining(["id", "question", "status", "claims", "citations", "nearest", "searched"]),
    );
    expect(answer).toMatchObject({ status: "answered", nearest: [] });
    expect(answer).not.toHaveProperty("took_ms");
    const timed = JSON.parse((await inside([...argv, "--timing"])).out);
    expect(timed.took_ms).toBeGreaterThan(0);
  });

  it("answers lines of standard input by themselves, or as a conversation", async () => {
    const input = "What did the cable say about religious freedom?\nWho said that?\n";
    const ask = async (...more: string[]) =>
      (await inside(["ask", "--json", ...more], { input })).out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
    const [, alone] = await ask();
    const [, following] = await ask("--follow");
    expect(alone.id).not.toBe(following.id);
  });

  it("answers only from the collections that are named", async () => {
    await inside(["ingest", write("h.md", harbour), "--collection", "legal"]);
    expect((await inside(["ask", "What will dredging cost?"])).code).toBe(3);
    expect((await inside(["ask", "--collections", "main,legal", "What will dredging cost?"])).code).toBe(0);
  });

  it("opens a prompt on a terminal, and leaves it with 0", async () => {
    const { code, out } = await inside(["ask"], { columns: 60, input: "Who won the cup in 1966?\n/quit\n" });
    expect(out).toContain("/help lists what else");
    expect(out).toContain("Not in the corpus.");
    expect(code).toBe(0);
    expect((await inside(["ask", "--timing"], { columns: 60 })).code).toBe(2);
  });
});

describe("a command that is interrupted while it waits for the network", () => {
  it("ends with 130 and says nothing", async () => {
    let end = new AbortController();
    const silent = await serveHttp(() => setImmediate(() => endRun(end, "interrupted")));
    const env = { FEEDS_PRIVATE_HOSTS: "127.0.0.1" };
    expect(await inside(["feeds", "test", silent.origin], { end, env })).toEqual({ code: 130, out: "", err: "" });
    end = new AbortController();
    const list = write("list.opml", `<opml version="2.0"><body><outline xmlUrl="${silent.origin}/f"/></body></opml>`);
    await inside(["feeds", "import", list]);
    expect(await inside(["feeds", "poll"], { end, env })).toEqual({ code: 130, out: "", err: "" });
    await silent.close();
  });
});

describe("keeping the corpus on the command line", () => {
  it("ingests, says what came of it, and lets the starter corpus step aside", async () => {
    const first = await inside(["ingest", write("in/h.md", harbour)]);
    expect(first).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Documents: 1 added\. \d+ passages? in \d\.\d s\.\n$/),
    });
    expect(first.err).toContain("the starter corpus has stepped aside");
    const again = await inside(["ingest", join(folder.path, "in")]);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining("0 added, 1 unchanged"), err: "" });
    write("in/h.md", harbour.replace("14 million", "15 million"));
    expect((await inside(["ingest", join(folder.path, "in")])).out).toContain("0 added, 1 revised");
    expect((await inside(["ask", "What will dredging cost?"])).out).toContain("15 million");
  });

  it("keeps a document in the collection that it names, unless told otherwise", async () => {
    const named = harbour.replace("---\n", "---\ncollection: desk\n");
    await inside(["ingest", write("h.md", named)]);
    expect((await inside(["collections"])).out).toMatch(/^desk: 1 document$/m);
    await inside(["ingest", write("i.md", named.replaceAll("arbour", "airport")), "--collection", "legal"]);
    expect((await inside(["collections"])).out).toMatch(/^legal: 1 document$/m);
  });

  it("names each file that could not be read, keeps the others, and gives 1", async () => {
    const [good, empty] = [write("in/h.md", harbour), write("in/empty.md", "")];
    const ran = await inside(["ingest", good, empty, join(folder.path, "absent.md")]);
    expect(ran.code).toBe(1);
    expect(ran.out).toContain("1 added, 2 could not be read");
    expect(ran.err).toContain("empty.md");
    expect(ran.err).toContain("absent.md");
    expect((await inside(["ask", "What will dredging cost?"])).code).toBe(0);
  });

  it("reports an ingest as data", async () => {
    const { out } = await inside(["ingest", "--json", write("h.md", harbour)]);
    expect(JSON.parse(out)).toMatchObject({ added: 1, failed: 0, stopped: false });
  });

  it("stops an ingest when it is told to, and says how to go on", async () => {
    const end = new AbortController();
    endRun(end, "interrupted");
    const { code, err } = await inside(["ingest", write("h.md", harbour)], { end });
    expect(err).toContain("run the same command again");
    expect(code).toBe(130);
  });

  it("lists what there is, for people and as data", async () => {
    await inside(["ingest", write("h.md", harbour), "--collection", "legal"]);
    expect((await inside(["sources"])).out).toContain("Harbour board on dredging");
    const listed = (await inside(["sources", "--json"])).out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(listed.find(({ collection }) => collection === "legal")).toMatchObject({
      title: "Harbour board on dredging",
      outlet: "The Gazette",
    });
    expect((await inside(["collections"])).out).toMatch(/^legal: 1 document$/m);
  });

  it("forgets a document for good, and says when there is none", async () => {
    await inside(["ingest", write("h.md", harbour), write("i.md", harbour.replaceAll("arbour", "airport"))]);
    const [{ id }] = (await inside(["sources", "--json"])).out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const before = (await inside(["sources"])).out;
    expect((await inside(["forget", id])).out).toContain("Forgotten: ");
    expect((await inside(["sources"])).out).not.toBe(before);
    const again = await inside(["forget", id]);
    expect(again).toMatchObject({ code: 1, out: "", err: expect.stringContaining("There is no document") });
  });

  it("lets a place see collections, and warns of those that are empty", async () => {
    const platforms = [platform("slack", [])];
    const ran = await inside(["collections", "allow", "slack", "T1", "C1", "--collections", "main,legal"], {
      platforms,
    });
    expect(ran.out).toBe("On slack, channel C1 of T1 now sees: main, legal.\n");
    expect(ran.err).toContain("legal");
    expect(ran.code).toBe(0);
    await inside(["collections", "allow", "slack", "T1", "--collections", "main"], { platforms });
    expect(await inside(["collections", "allow", "slak", "T1", "--collections", "legal"], { platforms })).toMatchObject(
      {
        code: 2,
        err: "There is no platform “slak”; there is terminal, slack.\n",
      },
    );
    expect((await inside(["collections", "list"])).out).toContain(
      "On slack, workspace T1 sees: main\nOn slack, channel C1 of T1 sees: main, legal\n",
    );
  });

  it("measures the answers on a file of questions", async () => {
    const questions = [
      { q: "What will dredging cost?", answers: ["14 million"], answerable: true },
      { q: "Who won the football cup in 1966?", answers: [], answerable: false },
      { q: "Who is the chairwoman of the harbour board?", answers: ["Nobody"], answerable: true },
    ];
    const file = write("q.json", JSON.stringify({ questions }));
    const argv = ["eval", file, "--corpus", write("h.md", harbour)];
    const { code, out } = await runInside([...argv, "--misses"]);
    expect(code).toBe(0);
    expect(out).toMatch(/right, of the answerable +1\/2 +50\.0 %/);
    expect(out).toMatch(/declined, of the unanswerable +1\/1 +100\.0 %/);
    expect(out).toContain(": Who is the chairwoman of the harbour board?");
    expect(JSON.parse((await runInside([...argv, "--json"])).out)).toMatchObject({ right: 1, answerable: 2 });
    expect((await runInside(["eval", join(folder.path, "none.json")])).code).toBe(2);
  });
});

describe("serving", () => {
  /** A platform that is no platform: it says when it is started and stopped. */
  it("says what is missing, and 1, when nothing is configured", async () => {
    const slack = platform("slack", [], { missing: () => ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"] });
    const { code, err } = await inside([], { platforms: [slack] });
    expect(code).toBe(1);
    expect(err).toContain("slack is not configured: set SLACK_BOT_TOKEN and SLACK_APP_TOKEN.");
    expect(err).toContain("npm run ask");
    expect(existsSync(data)).toBe(false);
  });

  it("starts what is configured, and stops it when told to", async () => {
    const told: string[] = [];
    const end = new AbortController();
    const one = platform("one", told, { start: async () => void queueMicrotask(() => endRun(end, "terminated")) });
    const { code } = await inside(["serve"], { platforms: [one, platform("two", told)], end });
    expect(told.toSorted()).toEqual(["one stopped", "two started", "two stopped"]);
    expect(code).toBe(0);
  });

  it("goes on with the others when one cannot start, and says why", async () => {
    const told: string[] = [];
    const end = new AbortController();
    const broken = platform("broken", told, { start: () => Promise.reject(new Error("xyz")) });
    const other = platform("other", told, { start: async () => void setImmediate(() => endRun(end, "interrupted")) });
    const { code, err } = await inside(["serve"], { platforms: [broken, other], end, env: { LOG_LEVEL: "error" } });
    expect(err).toContain("broken could not start");
    expect(told).toEqual(["broken stopped", "other stopped"]);
    expect(code).toBe(0);
  });

  it("tries one again that could not be reached, until it can be", async () => {
    const end = new AbortController();
    const waits: number[] = [];
    const runtime: Runtime = {
      ...systemRuntime,
      sleep(ms, signal) {
        waits.push(ms);
        return systemRuntime.sleep(1, signal);
      },
    };
    const told: string[] = [];
    let tries = 0;
    const away = platform("away", told, {
      async start() {
        tries += 1;
        if (tries < 3) throw new NewsroomError("platform", "Away cannot be reached.");
        told.push("away started");
        setImmediate(() => endRun(end, "terminated"));
      },
    });
    const { code, err } = await inside(["serve"], { platforms: [away], end, runtime });
    expect(told).toEqual(["away stopped", "away stopped", "away started", "away stopped"]);
    expect(waits).toEqual(expect.arrayContaining([5_000, 10_000]));
    expect(err).toContain("Serving away");
    expect(code).toBe(0);
  });

  it("logs what a library rejects where nobody waits, and goes on", async () => {
    const end = new AbortController();
    const one = platform("one", [], { start: async () => void setImmediate(() => endRun(end, "terminated")) });
    const strays = (report: (error: unknown) => void) => report(new Error("socket forgotten"));
    const { code, err } = await inside(["serve"], { platforms: [one], end, strays });
    expect(err).toContain("socket forgotten");
    expect(code).toBe(0);
  });

  it("gives up with 1 when none can start", async () => {
    const broken = platform("broken", [], { start: () => Promise.reject(new Error("xyz")) });
    expect((await inside(["serve"], { platforms: [broken] })).code).toBe(1);
  });

  it("never writes a secret into the log", async () => {
    const env = { SLACK_BOT_TOKEN: "xoxb-very-secret" };
    const leaky = platform("leaky", [], { start: () => Promise.reject(new Error("bad token xoxb-very-secret")) });
    const { err } = await inside(["serve"], { platforms: [leaky], env });
    expect(err).toContain("[secret]");
    expect(err).not.toContain("very-secret");
  });
});

describe("doctor", () => {
  const off: Platform = {
    name: "slack",
    missing: () => ["SLACK_BOT_TOKEN"],
    begun: () => false,
    create: () => Promise.reject(),
  };

  it("finds nothing wrong where nothing is there yet, and makes nothing", async () => {
    const { code, out } = await inside(["doctor"], { platforms: [off] });
    expect(out).toMatch(/^ok: node: 2\d/m);
    expect(out).toContain("holds nothing yet");
    expect(out).toContain("ok: slack: off; to switch it on, set SLACK_BOT_TOKEN");
    expect(code).toBe(0);
    expect(existsSync(data)).toBe(false);
  });

  it("says what the corpus holds and how fast it is ready", async () => {
    await inside(["ingest", write("h.md", harbour)]);
    const { code, out } = await inside(["doctor"]);
    expect(out).toMatch(
      /^ok: corpus: 1 document, \d+ passages?, in main; (?:no )?index snapshot .*, ready in \d+\.\d s$/m,
    );
    expect(code).toBe(0);
  });

  it("calls a half configured platform a problem, with the cure, and gives 1", async () => {
    const half = { ...off, begun: () => true };
    const { code, out } = await inside(["doctor"], { platforms: [half] });
    expect(out).toContain("problem: slack: half configured. Set SLACK_BOT_TOKEN as well");
    expect(code).toBe(1);
  });

  it("finds a database that is none", async () => {
    write("data/dateline.sqlite", "this is not a database, whatever its name says");
    const { code, out } = await inside(["doctor", "--json"]);
    const findings = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(findings).toContainEqual({
      state: "problem",
      subject: "data",
      detail: expect.stringContaining("not a database"),
    });
    expect(code).toBe(1);
  });

  it("names every option that cannot be understood, and gives 1", async () => {
    const { code, err } = await inside(["doctor"], { env: { PORT: "x", LOG_LEVEL: "loud" } });
    expect(err).toMatch(/LOG_LEVEL.*PORT/);
    expect(code).toBe(1);
  });
});
