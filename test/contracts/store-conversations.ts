/** The part of the store's contract about what was said: answers, contexts, verdicts, permissions, adapters' state. */
import { expect, it } from "vitest";
import type { Answer, Context } from "../../src/answer/answer.ts";
import type { Store } from "../../src/store/store.ts";
import type { TestRuntime } from "../support/runtime.ts";

export const context: Context = {
  topic: ["religious", "freedom"],
  speaker: "the cable",
  outlet: null,
  period: { from: "2010-01-01", to: "2010-12-31" },
  answerId: "a-1",
};

export function answerCiting(id: string, document: string): Answer {
  return {
    id,
    question: "What did it say?",
    status: "answered",
    claims: [{ text: "It said so.", speaker: null, citations: [1], variants: [] }],
    citations: [
      {
        n: 1,
        document,
        revision: 1,
        title: "T",
        outlet: null,
        published: null,
        url: null,
        quote: "q",
        start: 0,
        end: 1,
      },
    ],
    nearest: [],
    searched: { documents: 1, passages: 1 },
  };
}

export function conversationsContract(store: () => Store): void {
  it("keeps answers with their context", async () => {
    const answer = answerCiting("a-1", "document");
    expect(await store().answer("a-1")).toBeNull();
    await store().saveAnswer(answer, context, null);
    await store().saveAnswer(answer, { ...context, outlet: "Gazette" }, null);
    expect(await store().answer("a-1")).toEqual({ answer, context: { ...context, outlet: "Gazette" } });
  });

  it("keeps one context a thread, the last one", async () => {
    expect(await store().context("thread")).toBeNull();
    const answer = answerCiting("a-1", "document");
    await store().saveAnswer(answer, context, "thread");
    await store().saveAnswer(answer, { ...context, speaker: null }, "thread");
    await store().saveAnswer(answer, context, "other");
    await store().saveAnswer(answer, context, null);
    expect(await store().context("thread")).toEqual({ ...context, speaker: null });
  });

  it("takes verdicts, also from somebody unknown, also twice", async () => {
    await store().saveFeedback({ answerId: "a-1", asker: "ann", verdict: "good" }, 1);
    await store().saveFeedback({ answerId: "a-1", asker: "ann", verdict: "bad" }, 2);
    await store().saveFeedback({ answerId: "a-1", asker: null, verdict: "bad" }, 3);
  });
}

export function stateContract(store: () => Store, runtime: () => TestRuntime): void {
  it("keeps what a workspace and a channel may see, each for itself", async () => {
    expect(await store().allowed("slack", "w", null)).toBeNull();
    await store().allow("slack", "w", null, ["main", "desk"]);
    await store().allow("slack", "w", "c", []);
    expect(await store().allowed("slack", "w", null)).toEqual(["main", "desk"]);
    expect(await store().allowed("slack", "w", "c")).toEqual([]);
    expect(await store().allowed("slack", "w", "d")).toBeNull();
    expect(await store().allowed("discord", "w", null)).toBeNull();
    await store().allow("slack", "w", null, ["main"]);
    expect(await store().allowed("slack", "w", null)).toEqual(["main"]);
    expect(await store().permissions()).toEqual([
      { adapter: "slack", workspace: "w", channel: null, collections: ["main"] },
      { adapter: "slack", workspace: "w", channel: "c", collections: [] },
    ]);
  });

  it("keeps an adapter's value once, until it expires or is removed", async () => {
    const state = store().adapterState("slack");
    expect(await state.putOnce("event", "first", 1000)).toBe(true);
    expect(await state.putOnce("event", "second", 1000)).toBe(false);
    expect(await state.get("event")).toBe("first");
    runtime().pass(999);
    expect(await state.get("event")).toBe("first");
    runtime().pass(1);
    expect(await state.get("event")).toBeNull();
    expect(await state.putOnce("event", "third", 1000)).toBe(true);
    await state.remove("event");
    expect(await state.get("event")).toBeNull();
    expect(await state.putOnce("event", "fourth", 1000)).toBe(true);
  });

  it("keeps an adapter's names from the others", async () => {
    await store().adapterState("slack").putOnce("key", "value", 1000);
    expect(await store().adapterState("discord").get("key")).toBeNull();
    await store().adapterState("discord").remove("key");
    expect(await store().adapterState("slack").get("key")).toBe("value");
  });
}
