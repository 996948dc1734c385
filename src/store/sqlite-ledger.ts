/** The delivery ledger: what is claimed, posted and recorded, so that nothing is delivered twice and nothing is lost. */
import type { Place } from "../ports.ts";
import type { ReplyPart } from "../reply/reply.ts";
import type {
  DeliveryPart,
  DeliveryRecord,
  DeliveryState,
  NewDelivery,
  OpenDelivery,
  Wish,
} from "../schedule/ledger.ts";
import type { Connection } from "./connection.ts";
import type { DeliveryStore } from "./store.ts";

interface DeliveryRow {
  readonly id: string;
  readonly subscription: string;
  readonly place: string;
  readonly due_at: number;
  readonly wish: string;
  readonly state: DeliveryState;
  readonly sentence: string | null;
  readonly recorded_at: number;
  readonly window_since: number | null;
  readonly window_until: number | null;
  readonly claim: string | null;
  readonly beat: number;
  readonly retry_at: number | null;
  readonly tries: number;
}

interface RecordRow extends DeliveryRow {
  readonly total: number;
  readonly posted: number;
  readonly uncertain: number;
  readonly thread: string | null;
}

interface PartRow {
  readonly number: number;
  readonly state: DeliveryPart["state"];
  readonly part: string | null;
  readonly tried_since: number | null;
  readonly thread: string | null;
}

function deliveryOf(row: DeliveryRow): NewDelivery {
  return {
    id: row.id,
    subscription: row.subscription,
    place: JSON.parse(row.place) as Place,
    dueAt: row.due_at,
    wish: JSON.parse(row.wish) as Wish,
  };
}

function openOf(row: DeliveryRow): OpenDelivery {
  const { recorded_at: recordedAt, claim, beat, retry_at: retryAt, tries } = row;
  return { ...deliveryOf(row), recordedAt, claim, beat, retryAt, tries };
}

function placeOf(text: string | null): Place | null {
  return text === null ? null : (JSON.parse(text) as Place);
}

function recordOf(row: RecordRow): DeliveryRecord {
  const { window_since: since, window_until: until } = row;
  return {
    ...deliveryOf(row),
    state: row.state,
    sentence: row.sentence,
    recordedAt: row.recorded_at,
    window: since === null || until === null ? null : { since, until },
    parts: { total: row.total, posted: row.posted, uncertain: row.uncertain },
    thread: placeOf(row.thread),
  };
}

function partOf(row: PartRow): DeliveryPart {
  return {
    number: row.number,
    state: row.state,
    part: row.part === null ? null : (JSON.parse(row.part) as ReplyPart),
    triedSince: row.tried_since,
    thread: placeOf(row.thread),
  };
}

const records = `SELECT d.*,
    (SELECT count(*) FROM delivery_parts p WHERE p.delivery = d.id) AS total,
    (SELECT count(*) FROM delivery_parts p WHERE p.delivery = d.id AND p.state = 'posted') AS posted,
    (SELECT count(*) FROM delivery_parts p WHERE p.delivery = d.id AND p.state = 'uncertain') AS uncertain,
    (SELECT thread FROM delivery_parts p WHERE p.delivery = d.id AND p.number = 0) AS thread
  FROM deliveries d`;

/** The ledger's part of the store. */
export function createLedger(connection: Connection): DeliveryStore {
  return { ...createOpening(connection), ...createWorking(connection), ...createParts(connection) };
}

type Opening = Pick<
  DeliveryStore,
  "handleSlots" | "rewindSubscription" | "requestDelivery" | "deliveries" | "lastWindowEnd"
>;

/** How deliveries come into the ledger, and what it says of them later. */
function createOpening({ database, read, write }: Connection): Opening {
  const active = database.prepare("SELECT 1 FROM subscriptions WHERE id = ? AND paused = 0");
  const voidSkip = database.prepare("DELETE FROM deliveries WHERE id = ? AND state = 'skipped' AND recorded_at > ?");
  const insert = database.prepare(
    `INSERT OR IGNORE INTO deliveries (id, subscription, place, due_at, wish, state, sentence, recorded_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const move = database.prepare("UPDATE subscriptions SET handled_until = ? WHERE id = ? AND handled_until < ?");
  const rewind = database.prepare("UPDATE subscriptions SET handled_until = ? WHERE id = ? AND handled_until > ?");
  const latest = database.prepare(`${records} ORDER BY d.sequence DESC LIMIT ?`);
  const latestOf = database.prepare(`${records} WHERE d.subscription = ? ORDER BY d.sequence DESC LIMIT ?`);
  const windowEnd = database.prepare(
    `SELECT window_until AS end FROM deliveries
     WHERE subscription = ? AND window_until <= ? AND (state = 'empty' OR EXISTS (
       SELECT 1 FROM delivery_parts p
       WHERE p.delivery = deliveries.id AND p.number = 0 AND p.state IN ('posted', 'uncertain')))
     ORDER BY sequence DESC LIMIT 1`,
  );
  const add = (delivery: NewDelivery, state: DeliveryState, sentence: string | null, now: number) => {
    const { id, subscription, place, dueAt, wish } = delivery;
    const [placed, wished] = [JSON.stringify(place), JSON.stringify(wish)];
    return insert.run(id, subscription, placed, dueAt, wished, state, sentence, now).changes === 1;
  };
  return {
    handleSlots: (subscription, { skipped, due, handledUntil }, now) =>
      write(() => {
        if (!active.get(subscription)) return 0;
        move.run(handledUntil, subscription, handledUntil);
        const skips = skipped.filter((skip) => add(skip, "skipped", skip.sentence, now));
        if (due) {
          voidSkip.run(due.id, now);
          add(due, "open", null, now);
        }
        return skips.length;
      }),
    rewindSubscription: (subscription, to) => write(() => void rewind.run(to, subscription, to)),
    requestDelivery: (delivery, now) => write(() => void add(delivery, "open", null, now)),
    deliveries: (subscription, limit) =>
      read(() => {
        const rows = subscription === null ? latest.all(limit) : latestOf.all(subscription, limit);
        return (rows as unknown as RecordRow[]).map(recordOf);
      }),
    lastWindowEnd: (subscription, now) =>
      read(() => (windowEnd.get(subscription, now) as { end: number } | undefined)?.end ?? null),
  };
}

type Working = Pick<
  DeliveryStore,
  "openDeliveries" | "claimDelivery" | "renewClaims" | "releaseDelivery" | "finishDelivery"
>;

/** Who works on a delivery, and how that ends. */
function createWorking({ database, read, write }: Connection): Working {
  const open = database.prepare("SELECT * FROM deliveries WHERE state = 'open' ORDER BY sequence");
  const claimOne = database.prepare(
    "UPDATE deliveries SET claim = ?, beat = beat + 1 WHERE id = ? AND state = 'open' AND claim IS ? AND beat = ?",
  );
  const renew = database.prepare("UPDATE deliveries SET beat = beat + 1 WHERE state = 'open' AND claim = ?");
  const release = database.prepare(
    "UPDATE deliveries SET claim = NULL, beat = beat + 1 WHERE id = ? AND state = 'open' AND claim = ?",
  );
  const retryLater = database.prepare(
    `UPDATE deliveries SET claim = NULL, beat = beat + 1, tries = tries + 1, retry_at = ?, sentence = ?
     WHERE id = ? AND state = 'open' AND claim = ?`,
  );
  const finish = database.prepare(
    "UPDATE deliveries SET state = ?, sentence = ?, claim = NULL WHERE id = ? AND state = 'open' AND claim = ?",
  );
  const clear = database.prepare("UPDATE delivery_parts SET part = NULL WHERE delivery = ?");
  return {
    openDeliveries: () => read(() => (open.all() as unknown as DeliveryRow[]).map(openOf)),
    claimDelivery: (id, seen, claim) => write(() => claimOne.run(claim, id, seen.claim, seen.beat).changes === 1),
    renewClaims: (claim) => write(() => void renew.run(claim)),
    releaseDelivery: (id, claim, retry) =>
      write(() => void (retry === null ? release.run(id, claim) : retryLater.run(retry.at, retry.sentence, id, claim))),
    finishDelivery: (id, claim, state, sentence) =>
      write(() => {
        if (finish.run(state, sentence, id, claim).changes === 0) return false;
        clear.run(id);
        return true;
      }),
  };
}

type Parts = Pick<DeliveryStore, "composeDelivery" | "deliveryParts" | "beginPart" | "endPart">;

/** The parts of a delivery. */
function createParts({ database, read, write }: Connection): Parts {
  const held = database.prepare("SELECT 1 FROM deliveries WHERE id = ? AND state = 'open' AND claim = ?");
  const compose = database.prepare(
    "UPDATE deliveries SET window_since = ?, window_until = ?, documents = ? WHERE id = ?",
  );
  const any = database.prepare("SELECT 1 FROM delivery_parts WHERE delivery = ? LIMIT 1");
  const put = database.prepare(
    "INSERT INTO delivery_parts (delivery, number, state, part) VALUES (?, ?, 'waiting', ?)",
  );
  const list = database.prepare("SELECT * FROM delivery_parts WHERE delivery = ? ORDER BY number");
  const begin = database.prepare(
    `UPDATE delivery_parts SET state = 'posting', tried_since = coalesce(tried_since, ?)
     WHERE delivery = ? AND number = ? AND state IN ('waiting', 'posting')`,
  );
  const end = database.prepare(
    `UPDATE delivery_parts SET state = ?, part = NULL, message = ?, thread = ?
     WHERE delivery = ? AND number = ? AND state <> 'posted'`,
  );
  return {
    composeDelivery: (id, claim, { window, documents, parts }) =>
      write(() => {
        if (!held.get(id, claim)) return false;
        if (any.get(id)) return true;
        compose.run(window.since, window.until, JSON.stringify(documents), id);
        for (const [number, part] of parts.entries()) put.run(id, number, JSON.stringify(part));
        return true;
      }),
    deliveryParts: (id) => read(() => (list.all(id) as unknown as PartRow[]).map(partOf)),
    beginPart: (id, claim, number, now) =>
      write(() => held.get(id, claim) !== undefined && begin.run(now, id, number).changes === 1),
    endPart: (id, number, outcome) =>
      write(() => {
        const posted = outcome.state === "posted" ? outcome : null;
        end.run(outcome.state, posted?.message ?? null, posted ? JSON.stringify(posted.thread) : null, id, number);
      }),
  };
}
