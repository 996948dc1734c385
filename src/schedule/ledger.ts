/** What is kept of subscriptions, and of every delivery made for them, part by part. Plain data; times in milliseconds since the epoch. */
import type { DigestWindow } from "../digest/digest.ts";
import type { Place } from "../ports.ts";
import type { ReplyPart } from "../reply/reply.ts";
import type { Schedule } from "./schedule.ts";

/** What a channel wants to be told. */
export interface Wish {
  /** IANA name. */
  readonly timeZone: string;
  /** As somebody typed them; none: everything. */
  readonly topics: readonly string[];
  /** As the corpus writes them; none: all. */
  readonly outlets: readonly string[];
  /** What is posted when nothing new came in. */
  readonly whenEmpty: "line" | "nothing";
}

/** A channel's digest; one a place. */
export interface Subscription {
  /** Made from the place: the same place has the same, also after it was removed. */
  readonly id: string;
  /** Never a thread. */
  readonly place: Place;
  readonly schedule: Schedule;
  readonly wish: Wish;
  readonly paused: boolean;
  readonly createdBy: string | null;
  readonly createdAt: number;
  /** The last instant whose slots are dealt with: those after it are due when their time has come. */
  readonly handledUntil: number;
}

/** A delivery as it begins. */
export interface NewDelivery {
  /** The subscription and the slot; nothing else has it, ever. Printable ASCII, at most 48 characters. */
  readonly id: string;
  readonly subscription: string;
  readonly place: Place;
  readonly dueAt: number;
  readonly wish: Wish;
}

/**
 * `open`: being made or waiting to be tried again; `posted`: every part is there; `empty`: nothing was to be posted;
 * `skipped`: its time had passed; `uncertain`: a part may or may not be there, and is not repeated; `failed`: given up
 * before anything was posted, or with some parts missing.
 */
export type DeliveryState = "open" | "posted" | "empty" | "skipped" | "uncertain" | "failed";

export interface DeliveryRecord extends NewDelivery {
  readonly state: DeliveryState;
  /** Why it is not posted, or not yet, for the channel's manager. */
  readonly sentence: string | null;
  readonly recordedAt: number;
  /** What it covers; null until it was composed. */
  readonly window: DigestWindow | null;
  readonly parts: { readonly total: number; readonly posted: number; readonly uncertain: number };
  /** Where replies to its main message go; null until that is posted. */
  readonly thread: Place | null;
}

/** A delivery that is not finished, with who is at it. */
export interface OpenDelivery extends NewDelivery {
  readonly recordedAt: number;
  /** The process that works on it, or null. */
  readonly claim: string | null;
  /** Grows as long as that process lives. */
  readonly beat: number;
  /** Not to be tried before; null: at once. */
  readonly retryAt: number | null;
  /** How often it was tried in vain. */
  readonly tries: number;
}

/** One message's worth of a delivery; number 0 is the main message, the others stand in its thread. */
export interface DeliveryPart {
  readonly number: number;
  /** `posting`: handed to the platform, and nobody has recorded yet what came of it; `withdrawn`: it quoted what was forgotten. */
  readonly state: "waiting" | "posting" | "posted" | "uncertain" | "withdrawn";
  /** Kept until it is posted, so that a repeated attempt posts the same bytes; null afterwards. */
  readonly part: ReplyPart | null;
  /** When the first attempt began; null before it. */
  readonly triedSince: number | null;
  /** Where replies under it go; null until it is posted. */
  readonly thread: Place | null;
}

/** What came of a part. */
export type PartOutcome =
  | { readonly state: "posted"; readonly message: string; readonly thread: Place }
  | { readonly state: "uncertain" };

/** The slots of a subscription whose time has come. */
export interface DueSlots {
  readonly skipped: readonly (NewDelivery & { readonly sentence: string })[];
  readonly due: NewDelivery | null;
  readonly handledUntil: number;
}
