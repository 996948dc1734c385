/** Puts subscriptions and deliveries into words. Pure. */
import type { Block, Inline, Reply } from "../reply/reply.ts";
import { code, paragraph, plainReply, strong, text } from "../reply/writing.ts";
import type { DeliveryRecord, DeliveryState, Subscription } from "../schedule/ledger.ts";
import { deliveryIdOf } from "../schedule/names.ts";
import { nextDue } from "../schedule/next-due.ts";
import type { Slot } from "../schedule/schedule.ts";
import { writeInstant, writeSchedule } from "../schedule/write-schedule.ts";

/** A reply of one sentence. */
export function sentenceReply(sentence: string): Reply {
  return plainReply(paragraph(text(sentence)));
}

/** How a subscription and what was delivered for it stand together. */
export interface Standing {
  readonly subscription: Subscription;
  /** The latest first. */
  readonly deliveries: readonly DeliveryRecord[];
}

const slotsSeen = 40;

/** The next time a digest comes, those that are dealt with already left out. */
export function nextComing({ subscription, deliveries }: Standing, now: number): Slot | null {
  const known = new Set(deliveries.filter(({ recordedAt }) => recordedAt <= now).map(({ id }) => id));
  const { schedule, wish, id } = subscription;
  let slot = nextDue(schedule, wish.timeZone, now);
  for (let i = 0; slot && known.has(deliveryIdOf(id, slot.key)) && i < slotsSeen; i++)
    slot = nextDue(schedule, wish.timeZone, slot.at);
  return slot;
}

function contents({ wish: { topics, outlets, whenEmpty } }: Subscription): Inline[] {
  const from = outlets.length === 0 ? ", from every outlet. " : `. Only from: ${outlets.join(", ")}. `;
  return [
    text(topics.length === 0 ? `It tells of everything${from}` : `It tells of: ${topics.join(", ")}${from}`),
    text(topics.length === 0 ? "" : "Other stories are only named. "),
    text(
      whenEmpty === "line"
        ? "When nothing new came in, it says so in a line."
        : "When nothing new came in, nothing is posted.",
    ),
  ];
}

function nextWords(standing: Standing, now: number): string {
  const next = nextComing(standing, now);
  return next === null ? "never" : writeInstant(standing.subscription.wish.timeZone, next.at);
}

/** What a subscription is now, with where its zone comes from, and what to type to resume it. */
export function subscribedReply(
  standing: Standing,
  { changed, zoneFrom, resume }: { readonly changed: boolean; readonly zoneFrom: string; readonly resume: string },
  now: number,
): Reply {
  const { schedule, wish, paused } = standing.subscription;
  return plainReply(
    paragraph(
      text(changed ? "Changed: the digest comes here " : "From now on a digest comes here "),
      strong(writeSchedule(schedule)),
      text(`, ${wish.timeZone} time${zoneFrom}. The next one: `),
      strong(nextWords(standing, now)),
      ...(paused ? [text("; but it is paused, until "), code(resume), text(".")] : [text(".")]),
    ),
    paragraph(...contents(standing.subscription)),
  );
}

const stateWords: Readonly<Record<DeliveryState, string>> = {
  open: "on its way",
  posted: "posted",
  empty: "nothing new",
  skipped: "skipped",
  uncertain: "uncertain",
  failed: "failed",
};

/** One delivery in a line: when, its state, what is wrong, its id. */
function deliveryLine(delivery: DeliveryRecord): Inline[] {
  const { id, state, sentence, dueAt, wish, parts } = delivery;
  const missing = parts.total - parts.posted;
  const partly = parts.posted > 0 && missing > 0 ? ` (${parts.posted} of ${parts.total} messages)` : "";
  return [
    text(`${writeInstant(wish.timeZone, dueAt)}: `),
    state === "posted" || state === "empty" ? text(stateWords[state]) : strong(stateWords[state]),
    text(`${partly}${sentence === null ? "" : `. ${sentence}`} `),
    code(id),
  ];
}

const deliveriesListed = 5;
/** How long what may not have arrived is shown, however many came after it. */
const amissShownMs = 14 * 86_400_000;

function isListed({ state, dueAt }: DeliveryRecord, place: number, now: number): boolean {
  if (place < deliveriesListed) return true;
  return (state === "uncertain" || state === "failed") && dueAt > now - amissShownMs;
}

/** What a list says of one subscription; `where` names its channel, or is null where that is plain. */
function standingBlocks(standing: Standing, where: string | null, resume: string, now: number): Block[] {
  const { subscription, deliveries } = standing;
  const { schedule, wish, paused } = subscription;
  const head = [strong(writeSchedule(schedule)), text(`, ${wish.timeZone} time. `)];
  const next = paused
    ? [text("Paused, until "), code(resume), text(".")]
    : [text(`Next: ${nextWords(standing, now)}. `)];
  const items = deliveries.filter((delivery, place) => isListed(delivery, place, now)).map(deliveryLine);
  return [
    paragraph(...(where === null ? [text("A digest comes here ")] : [code(where), text(": ")]), ...head, ...next),
    paragraph(...contents(subscription)),
    ...(items.length === 0 ? [] : [{ kind: "list" as const, items }]),
  ];
}

/** "slack/T1/C1": a place as the command line names it. */
function placeWords({ place: { adapter, workspace, channel } }: Pick<Subscription, "place">): string {
  return [adapter, workspace, channel].filter((part) => part !== null).join("/");
}

/** The list: what comes here first, then what comes elsewhere. */
export function listReply(here: Standing | null, others: readonly Standing[], resume: string, now: number): Reply {
  const blocks = here === null ? [] : standingBlocks(here, null, resume, now);
  return plainReply(
    ...blocks,
    ...others.flatMap((standing) => standingBlocks(standing, placeWords(standing.subscription), resume, now)),
  );
}
