/** The part of the store's contract about subscriptions and the delivery ledger. */
import { expect, it } from "vitest";
import type { DeliveryPart, NewDelivery } from "../../src/schedule/ledger.ts";
import type { Store } from "../../src/store/store.ts";
import { preparedDocument } from "../support/documents.ts";
import { notice } from "../support/scripted-newsroom.ts";
import { channel, plainWish, subscription } from "../support/subscriptions.ts";

const id = subscription(0).id;
const thread = { ...channel("desk"), thread: "m1" };
const window = { since: 100, until: 200 };

function delivery(slot: string, dueAt = 1_000): NewDelivery {
  return { id: `d-${id}-${slot}`, subscription: id, place: channel("desk"), dueAt, wish: plainWish };
}

function states(parts: readonly DeliveryPart[]): readonly string[] {
  return parts.map(({ state }) => state);
}

export function subscriptionsContract(store: () => Store): void {
  it("keeps one subscription a place, the last one", async () => {
    const first = subscription(10, { createdBy: "ann" });
    const other = subscription(10, { place: channel("archive"), schedule: { kind: "cron", expression: "0 8 * * 1" } });
    await store().saveSubscription(first);
    await store().saveSubscription(other);
    const changed = { ...first, paused: true, wish: { ...plainWish, topics: ["ports"], outlets: ["Gazette"] } };
    await store().saveSubscription(changed);
    expect(await store().subscription(first.id)).toEqual(changed);
    expect(await store().subscriptions()).toEqual([other, changed]);
    expect(await store().removeSubscription(first.id)).toBe(true);
    expect(await store().removeSubscription(first.id)).toBe(false);
    expect(await store().subscription(first.id)).toBeNull();
  });

  it("opens a slot once, whoever comes, and records each skip once", async () => {
    await store().saveSubscription(subscription(10));
    const skipped = [{ ...delivery("2026-01-01"), sentence: "Missed." }];
    const slots = { skipped, due: delivery("2026-01-02"), handledUntil: 1_000 };
    expect(await store().handleSlots(id, slots, 2_000)).toBe(1);
    expect(await store().handleSlots(id, slots, 2_000)).toBe(0);
    expect(await store().openDeliveries()).toMatchObject([{ id: slots.due.id, claim: null, tries: 0, retryAt: null }]);
    expect(await store().deliveries(id, 9)).toMatchObject([
      { id: slots.due.id, state: "open" },
      { id: skipped[0]!.id, state: "skipped", sentence: "Missed.", recordedAt: 2_000 },
    ]);
    expect(await store().subscription(id)).toMatchObject({ handledUntil: 1_000 });
  });

  it("deals with no slot of a subscription that is paused or gone", async () => {
    const slots = { skipped: [], due: delivery("2026-01-02"), handledUntil: 1_000 };
    await store().handleSlots(id, slots, 2_000);
    await store().saveSubscription(subscription(10, { paused: true }));
    await store().handleSlots(id, slots, 2_000);
    expect(await store().openDeliveries()).toEqual([]);
    expect(await store().subscription(id)).toMatchObject({ handledUntil: 10 });
  });

  it("opens a slot that was skipped by a clock which was ahead, but not one that was skipped rightly", async () => {
    await store().saveSubscription(subscription(10));
    const slot = delivery("2026-01-02");
    await store().handleSlots(
      id,
      { skipped: [{ ...slot, sentence: "Missed." }], due: null, handledUntil: 1_000 },
      9_000,
    );
    await store().rewindSubscription(id, 500);
    expect(await store().subscription(id)).toMatchObject({ handledUntil: 500 });
    await store().handleSlots(id, { skipped: [], due: slot, handledUntil: 1_000 }, 9_500);
    expect(await store().openDeliveries()).toEqual([]);
    await store().handleSlots(id, { skipped: [], due: slot, handledUntil: 1_000 }, 1_100);
    expect(await store().openDeliveries()).toMatchObject([{ id: slot.id }]);
  });
}

export function ledgerContract(store: () => Store): void {
  const { id: one } = delivery("2026-01-02");
  const open = async (parts = [notice("Main."), notice("First."), notice("Second.")], documents: string[] = []) => {
    await store().requestDelivery(delivery("2026-01-02"), 1_000);
    await store().claimDelivery(one, { claim: null, beat: 0 }, "me");
    return store().composeDelivery(one, "me", { window, documents, parts });
  };

  it("gives a delivery to one claim, and to another only as that one was last seen", async () => {
    await store().requestDelivery(delivery("2026-01-02"), 1_000);
    await store().requestDelivery(delivery("2026-01-02"), 1_000);
    const [seen] = await store().openDeliveries();
    expect(await store().claimDelivery(one, seen!, "me")).toBe(true);
    expect(await store().claimDelivery(one, seen!, "you")).toBe(false);
    const [mine] = await store().openDeliveries();
    await store().renewClaims("me");
    expect(await store().claimDelivery(one, mine!, "you")).toBe(false);
    const [renewed] = await store().openDeliveries();
    expect(await store().claimDelivery(one, renewed!, "you")).toBe(true);
    expect(await store().openDeliveries()).toMatchObject([{ id: one, claim: "you" }]);
  });

  it("keeps what is posted from the first time it is composed", async () => {
    expect(await open([notice("Main."), notice("First.")])).toBe(true);
    expect(await store().composeDelivery(one, "me", { window, documents: [], parts: [notice("Other.")] })).toBe(true);
    expect(await store().composeDelivery(one, "you", { window, documents: [], parts: [] })).toBe(false);
    expect(await store().deliveryParts(one)).toEqual([
      { number: 0, state: "waiting", part: notice("Main."), triedSince: null, thread: null },
      { number: 1, state: "waiting", part: notice("First."), triedSince: null, thread: null },
    ]);
  });

  it("records each part before and after it is posted, its text until then", async () => {
    await open();
    expect(await store().beginPart(one, "you", 0, 5_000)).toBe(false);
    expect(await store().beginPart(one, "me", 0, 5_000)).toBe(true);
    expect(await store().beginPart(one, "me", 0, 6_000)).toBe(true);
    expect((await store().deliveryParts(one))[0]).toMatchObject({ state: "posting", triedSince: 5_000 });
    await store().endPart(one, 0, { state: "posted", message: "m1", thread });
    // Whoever was slow does not undo it.
    await store().endPart(one, 0, { state: "uncertain" });
    expect(await store().beginPart(one, "me", 0, 7_000)).toBe(false);
    expect((await store().deliveryParts(one))[0]).toMatchObject({ state: "posted", part: null, thread });
    await store().endPart(one, 1, { state: "uncertain" });
    expect(await store().finishDelivery(one, "you", "posted", null)).toBe(false);
    expect(await store().finishDelivery(one, "me", "uncertain", "Look there.")).toBe(true);
    expect(await store().openDeliveries()).toEqual([]);
    expect(await store().deliveries(null, 9)).toEqual([
      {
        ...delivery("2026-01-02"),
        state: "uncertain",
        sentence: "Look there.",
        recordedAt: 1_000,
        window,
        parts: { total: 3, posted: 1, uncertain: 1 },
        thread,
      },
    ]);
    expect((await store().deliveryParts(one)).map(({ part }) => part)).toEqual([null, null, null]);
  });

  it("lets go of a delivery, to be tried at once or later", async () => {
    await open();
    await store().releaseDelivery(one, "me", null);
    expect(await store().openDeliveries()).toMatchObject([{ claim: null, tries: 0, retryAt: null }]);
    await store().claimDelivery(one, (await store().openDeliveries())[0]!, "me");
    await store().releaseDelivery(one, "you", { at: 9_000, sentence: "Not mine." });
    await store().releaseDelivery(one, "me", { at: 9_000, sentence: "It rains." });
    expect(await store().openDeliveries()).toMatchObject([{ claim: null, tries: 1, retryAt: 9_000 }]);
    expect(await store().deliveries(id, 1)).toMatchObject([{ state: "open", sentence: "It rains." }]);
  });

  it("knows where the last digest ended that was delivered", async () => {
    expect(await store().lastWindowEnd(id, 1_000)).toBeNull();
    await open();
    expect(await store().lastWindowEnd(id, 1_000)).toBeNull();
    await store().endPart(one, 0, { state: "posted", message: "m1", thread });
    expect(await store().lastWindowEnd(id, 1_000)).toBe(200);
    expect(await store().lastWindowEnd(id, 199)).toBeNull();
    expect(await store().lastWindowEnd("another", 1_000)).toBeNull();
  });

  it("composes anew what quotes a forgotten document and is not begun, and posts no more of it once it is", async () => {
    const [gone, stays] = [preparedDocument("gone", "Gone."), preparedDocument("stays", "Stays.")];
    await store().put([gone, stays]);
    await open([notice("Main."), notice("First.")], [gone.id, stays.id]);
    await store().forget("another");
    expect(await store().deliveryParts(one)).toHaveLength(2);
    await store().forget(gone.id);
    expect(await store().deliveryParts(one)).toEqual([]);
    await store().composeDelivery(one, "me", {
      window,
      documents: [stays.id],
      parts: [notice("Main."), notice("One.")],
    });
    await store().beginPart(one, "me", 0, 5_000);
    await store().forget(stays.id);
    expect(states(await store().deliveryParts(one))).toEqual(["uncertain", "withdrawn"]);
    expect((await store().deliveryParts(one)).map(({ part }) => part)).toEqual([null, null]);
    expect(await store().beginPart(one, "me", 1, 6_000)).toBe(false);
  });
}
