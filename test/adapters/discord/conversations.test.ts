import { describe, expect, it } from "vitest";
import { createConversations } from "../../../adapters/discord/conversations.ts";
import { createMemory } from "../../../src/platform/memory.ts";
import type { AdapterState } from "../../../src/ports.ts";
import { createAdapterState } from "../../support/adapter-state.ts";
import { createLogLines } from "../../support/log-lines.ts";

function conversationsOver(state: AdapterState) {
  const { logger } = createLogLines();
  return createConversations(createMemory(state, logger), state, logger);
}

describe("a conversation", () => {
  it("is the thread's own, and begins with the answer that the thread is under", async () => {
    const conversations = conversationsOver(createAdapterState());
    expect(await conversations.current("7")).toEqual({ thread: "7", follows: null });
    await conversations.keep("7", "a-1");
    expect(await conversations.current("7")).toEqual({ thread: "7", follows: "a-1" });
    expect(await conversations.answer("7")).toBe("a-1");
  });

  it("turns to the answer that somebody replies to, and goes on from there, a restart in between", async () => {
    const state = createAdapterState();
    const turned = await conversationsOver(state).turn("7", "a-1", "9");
    expect(turned).toMatchObject({ follows: "a-1" });
    expect(turned.thread).not.toBe("7");
    expect(await conversationsOver(state).current("7")).toMatchObject({ thread: turned.thread });
    const again = await conversationsOver(state).turn("7", "a-2", "10");
    expect(await conversationsOver(state).current("7")).toMatchObject({ thread: again.thread });
    expect(again.thread).not.toBe(turned.thread);
  });

  it("in a channel is no more than the answer that is replied to", async () => {
    const conversations = conversationsOver(createAdapterState());
    expect(await conversations.turn(null, "a-1", "9")).toEqual({ thread: null, follows: "a-1" });
  });

  it("is forgotten with its answer", async () => {
    const conversations = conversationsOver(createAdapterState());
    await conversations.keep("7", "a-1");
    await conversations.forget("7");
    expect(await conversations.answer("7")).toBeNull();
  });

  it("goes on though the turn cannot be kept", async () => {
    const full: AdapterState = {
      ...createAdapterState(),
      putOnce: async () => {
        throw new Error("the disk is full");
      },
    };
    expect(await conversationsOver(full).turn("7", "a-1", "9")).toMatchObject({ follows: "a-1" });
  });
});
