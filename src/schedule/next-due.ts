/** When a schedule is due next: a pure function of the schedule, the zone and an instant. */
import { NewsroomError } from "../errors.ts";
import { type CronFields, cronDay, readCron } from "./cron.ts";
import { dateOf, dayMs, instantOf, minuteMs, type WallTime, wallTimeAt } from "./local-time.ts";
import type { Schedule, Slot } from "./schedule.ts";

/** Leap days are eight years apart around 2100. */
const farthestDays = 8 * 366 + 2;

const crons = new Map<string, CronFields>();

function cronOf(expression: string): CronFields {
  const kept = crons.get(expression);
  if (kept) return kept;
  const read = readCron(expression);
  if ("sentence" in read) throw new NewsroomError("internal", `A kept schedule cannot be read: ${expression}`);
  crons.set(expression, read);
  return read;
}

/** The minutes of a local day, given as the wall time of its midnight, at which a schedule is due; ascending. */
function minutesOn(schedule: Schedule, midnight: WallTime): readonly number[] {
  const date = new Date(midnight);
  const weekday = date.getUTCDay();
  if (schedule.kind === "days") return schedule.days.includes(weekday) ? [schedule.minute] : [];
  const fields = cronOf(schedule.expression);
  const day = { month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday };
  if (!cronDay(fields, day)) return [];
  return fields.hours.flatMap((hour) => fields.minutes.map((minute) => hour * 60 + minute));
}

/** Whether clocks of a zone ever show this day; some have skipped one to change the side of the date line. */
function dayExists(timeZone: string, midnight: WallTime, at: number): boolean {
  const date = dateOf(midnight);
  return [at, at - 1_000].some((instant) => dateOf(wallTimeAt(timeZone, instant)) === date);
}

function slotAt(schedule: Schedule, timeZone: string, midnight: WallTime, minute: number): Slot | null {
  const at = instantOf(timeZone, midnight + minute * minuteMs);
  if (schedule.kind === "cron") return { key: new Date(at).toISOString().replace(/[-:]|\.\d+/g, ""), at };
  return dayExists(timeZone, midnight, at) ? { key: dateOf(midnight), at } : null;
}

/**
 * The first slot of `schedule` in `timeZone` after the instant `after` (milliseconds since the epoch), or null when there
 * is none within eight years. A wall time that clocks skip is due at the first minute after the gap, one that they show
 * twice is due the first time: a schedule by days has exactly one slot on each of its local days.
 */
export function nextDue(schedule: Schedule, timeZone: string, after: number): Slot | null {
  const today = Math.floor(wallTimeAt(timeZone, after) / dayMs) * dayMs;
  // The day before as well: where clocks went back over midnight, its last slot may still be to come.
  for (let day = -1; day <= farthestDays; day++) {
    const midnight = today + day * dayMs;
    for (const minute of minutesOn(schedule, midnight)) {
      const slot = slotAt(schedule, timeZone, midnight, minute);
      if (slot && slot.at > after) return slot;
    }
  }
  return null;
}

/** Every slot after `after` and up to `until`, the latest `most` of them, in order. */
export function dueBetween(
  schedule: Schedule,
  timeZone: string,
  span: { readonly after: number; readonly until: number },
  most: number,
): readonly Slot[] {
  const slots: Slot[] = [];
  for (let after = span.after; ; after = slots.at(-1)!.at) {
    const slot = nextDue(schedule, timeZone, after);
    if (!slot || slot.at > span.until) return slots;
    slots.push(slot);
    if (slots.length > most) slots.shift();
  }
}
