/** When something is due, as data: on days of the week at a time, or by a cron expression; always in somebody's local time. */

/** On these days at this time. */
export interface DaysSchedule {
  readonly kind: "days";
  /** 0 is Sunday; ascending, at least one. */
  readonly days: readonly number[];
  /** Minutes since local midnight. */
  readonly minute: number;
}

/** By a cron expression: minute, hour, day of the month, month, day of the week. */
export interface CronSchedule {
  readonly kind: "cron";
  readonly expression: string;
}

export type Schedule = DaysSchedule | CronSchedule;

/** One time that something is due. */
export interface Slot {
  /** The same whenever it is computed: the local date for days, the instant in UTC for cron. Printable, without spaces. */
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}
