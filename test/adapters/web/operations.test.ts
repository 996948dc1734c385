import { describe, expect, it, onTestFinished } from "vitest";
import { createMetrics } from "../../../adapters/web/metrics.ts";
import { openNewsroom } from "../../../src/open-newsroom.ts";
import { systemRuntime } from "../../../src/runtime.ts";
import { temporaryFolder } from "../../support/command-line.ts";
import { harbourReports } from "../../support/harbour-reports.ts";
import { newsroomOver, plainInquiry, threadNamed } from "../../support/newsroom.ts";
import { createScriptedNewsroom } from "../../support/scripted-newsroom.ts";
import { siteOver } from "../../support/web-site.ts";

/** The samples of a metrics page, by name and labels. */
function samples(text: string): Readonly<Record<string, number>> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]),
  );
}

describe("/health and /ready", () => {
  it("say that the process is up, and that store and search answer", async () => {
    const { newsroom, store } = await newsroomOver(harbourReports);
    const { get } = await siteOver(newsroom);
    expect(await (await get("/health")).json()).toEqual({ status: "up" });
    expect((await get("/ready")).status).toBe(200);
    await store.close();
    expect((await get("/health")).status).toBe(200);
    const ready = await get("/ready");
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ status: "not ready", error: { code: "not-ready" } });
    expect(ready.headers.get("cache-control")).toBe("no-store");
  });

  it("do not wait for a store that hangs, and ask it once however many want to know", async () => {
    let asked = 0;
    const hanging = {
      ...createScriptedNewsroom(),
      ready: () => {
        asked += 1;
        return new Promise<void>(() => {});
      },
    };
    const { get, log } = await siteOver(hanging, { limits: { readyMs: 100 } });
    const answers = await Promise.all(Array.from({ length: 20 }, () => get("/ready")));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 503));
    expect(asked).toBe(1);
    expect(log.said("warn")).toContain("Not ready");
  });
});

describe("/metrics", () => {
  it("counts questions and declines of every adapter, how long they took, and what is held", async () => {
    const { newsroom } = await newsroomOver(harbourReports);
    const { get } = await siteOver(newsroom);
    await newsroom.ask({ ...plainInquiry, text: "What did the memo say about vigilance?", place: threadNamed("t") });
    await newsroom.ask({ ...plainInquiry, text: "Who won the football world cup?", place: threadNamed("t2") });
    await newsroom.ask({ ...plainInquiry, text: "?!", place: threadNamed("t2") }).catch(() => undefined);
    await get("/documents");
    await get("/made-up");
    await get("/made-up-too");
    const response = await get("/metrics");
    expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    const counted = samples(await response.text());
    expect(counted['dateline_questions_total{adapter="test",outcome="answered"}']).toBe(1);
    expect(counted['dateline_questions_total{adapter="test",outcome="declined"}']).toBe(1);
    expect(counted['dateline_questions_total{adapter="test",outcome="refused"}']).toBe(1);
    expect(counted.dateline_question_duration_seconds_count).toBe(2);
    expect(counted['dateline_web_responses_total{page="documents",status="200"}']).toBe(1);
    expect(counted['dateline_web_responses_total{page="other",status="404"}']).toBe(2);
    expect(counted.dateline_documents).toBe(harbourReports.length);
    expect(counted.dateline_passages).toBeGreaterThan(0);
    expect(counted.process_resident_memory_bytes).toBeGreaterThan(0);
    expect(counted.nodejs_eventloop_lag_p99_seconds).toBeGreaterThanOrEqual(0);
  });

  it("counts feeds and deliveries", async () => {
    const metrics = createMetrics();
    metrics.count({ kind: "feed", outcome: "changed", items: 7, tookMs: 300 });
    metrics.count({ kind: "feed", outcome: "failed", items: 0, tookMs: 20_000 });
    metrics.count({ kind: "delivery", adapter: "slack", outcome: "posted" });
    metrics.count({ kind: "delivery", adapter: "slack", outcome: "uncertain" });
    const counted = samples(await metrics.text({ documents: 1, passages: 2 }));
    metrics.close();
    expect(counted['dateline_feed_polls_total{outcome="changed"}']).toBe(1);
    expect(counted['dateline_feed_polls_total{outcome="failed"}']).toBe(1);
    expect(counted.dateline_feed_items_total).toBe(7);
    expect(counted['dateline_feed_poll_duration_seconds_bucket{le="0.5"}']).toBe(1);
    expect(counted['dateline_deliveries_total{adapter="slack",outcome="posted"}']).toBe(1);
    expect(counted['dateline_deliveries_total{adapter="slack",outcome="uncertain"}']).toBe(1);
  });

  it("counts what happens anywhere in the newsroom that is served", async () => {
    const folder = temporaryFolder();
    const opened = await openNewsroom(folder.path, { runtime: systemRuntime, publicUrl: null });
    onTestFinished(() => opened.close().then(folder.remove));
    const { get } = await siteOver(opened.newsroom);
    opened.measures.record({ kind: "feed", outcome: "changed", items: 2, tookMs: 10 });
    opened.measures.record({ kind: "delivery", adapter: "discord", outcome: "posted" });
    const counted = samples(await (await get("/metrics")).text());
    expect(counted.dateline_feed_items_total).toBe(2);
    expect(counted['dateline_deliveries_total{adapter="discord",outcome="posted"}']).toBe(1);
  });

  it("can be read while the store cannot", async () => {
    const { newsroom, store } = await newsroomOver(harbourReports);
    const { get } = await siteOver(newsroom);
    await store.close();
    const response = await get("/metrics");
    expect(response.status).toBe(200);
    expect(samples(await response.text()).dateline_documents).toBeNaN();
  });
});
