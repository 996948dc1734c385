import { describe, expect, it } from "vitest";
import { NewsroomError } from "../src/errors.ts";
import { createLogger, type LoggerOptions } from "../src/logger.ts";

function logInto(lines: string[], options: Partial<LoggerOptions> = {}) {
  return createLogger({
    level: "info",
    format: "json",
    write: (line) => lines.push(line),
    runtime: { now: () => Date.UTC(2026, 10, 2, 9, 30) },
    secrets: [],
    ...options,
  });
}

describe("the log", () => {
  it("writes one JSON object a line, with time, level and name", () => {
    const lines: string[] = [];
    logInto(lines).named("slack").named("socket").warn("connection lost", { attempt: 2 });
    expect(lines).toHaveLength(1);
    expect(lines[0]!.endsWith("\n")).toBe(true);
    expect(JSON.parse(lines[0]!)).toEqual({
      time: "2026-11-02T09:30:00.000Z",
      level: "warn",
      name: "slack.socket",
      message: "connection lost",
      attempt: 2,
    });
  });

  it("leaves out what is below its level", () => {
    const lines: string[] = [];
    const log = logInto(lines, { level: "warn" });
    log.debug("a");
    log.info("b");
    log.warn("c");
    log.error("d");
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(["c", "d"]);
  });

  it("writes an error with its code and its causes", () => {
    const lines: string[] = [];
    const cause = new Error("disk I/O error");
    logInto(lines).error("ingest failed", { error: new NewsroomError("data-full", "The disk is full.", { cause }) });
    expect(JSON.parse(lines[0]!).error).toMatchObject({
      code: "data-full",
      message: "The disk is full.",
      cause: { message: "disk I/O error" },
    });
  });

  it.each(["json", "plain"] as const)("never shows a secret (%s)", (format) => {
    const lines: string[] = [];
    const log = logInto(lines, { format, secrets: ["xoxb-very-secret", ""] });
    log.error("bad token xoxb-very-secret", { error: new Error("xoxb-very-secret refused") });
    expect(lines.join("")).not.toContain("very-secret");
    expect(lines.join("")).toContain("[secret]");
  });

  it.each(["json", "plain"] as const)("stays on one line whatever a field holds (%s)", (format) => {
    const lines: string[] = [];
    const loop: Record<string, unknown> = { n: 10n };
    loop.self = loop;
    logInto(lines, { format }).info("two\nlines \u001b[31m\u009b\u202e", {
      loop,
      text: "\u001b]0;title\u0007\u009b1m",
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]!.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });

  it("reads well at a terminal", () => {
    const lines: string[] = [];
    logInto(lines, { format: "plain" }).info('says "ready"', { port: 3000 });
    expect(lines[0]).toBe('09:30:00 info  says "ready" {"port":3000}\n');
  });
});
