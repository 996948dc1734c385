import { expect, it } from "vitest";
import { typed } from "../../src/commands/typed.ts";

it("a command is shown as it is typed: after a slash in chat and at the prompt, after npm start on the command line", () => {
  const place = { adapter: "slack", workspace: "T1", channel: "C1", thread: null };
  expect(typed({ asker: "U1", place }, "digest list")).toBe("/digest list");
  const prompt = { adapter: "terminal", workspace: null, channel: null, thread: "s-1" };
  expect(typed({ asker: null, place: prompt }, "digest list")).toBe("/digest list");
  expect(typed({ asker: null, place: null }, "digest list")).toBe("npm start -- digest list");
  expect(typed({ asker: null, place }, "digest list")).toBe("npm start -- digest list");
});
