/** Cron expressions of five fields: read strictly, with the nearest valid one where something is wrong. */

/** What an expression means: the values that each field lets through. */
export interface CronFields {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** 0 is Sunday. */
  readonly weekdays: ReadonlySet<number>;
  /** With both days of the month and of the week restricted, either is enough, as in Vixie's cron (crontab(5)). */
  readonly eitherDay: boolean;
}

/** A reading that went wrong: what is wrong, and the nearest expression that is right, or null. */
export interface CronFault {
  readonly sentence: string;
  readonly nearest: string | null;
}

interface FieldSpec {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names: readonly string[];
}

const monthNames = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const dayNames = "sun mon tue wed thu fri sat".split(" ");

const specs: readonly FieldSpec[] = [
  { name: "minute", least: 0, most: 59, names: [] },
  { name: "hour", least: 0, most: 23, names: [] },
  { name: "day of the month", least: 1, most: 31, names: [] },
  { name: "month", least: 1, most: 12, names: monthNames },
  { name: "day of the week", least: 0, most: 7, names: dayNames },
];

const macros: Readonly<Record<string, string>> = {
  "@hourly": "0 * * * *",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@weekly": "0 0 * * 0",
  "@monthly": "0 0 1 * *",
};

/** The most days that each month may have. */
const monthLengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const numberOf = (spec: FieldSpec, text: string): number => {
  const named = spec.names.indexOf(text);
  if (named >= 0) return named + spec.least;
  return /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
};

interface FieldReading {
  readonly values: readonly number[];
  /** The field put right; equal to what was given when nothing is wrong. */
  readonly nearest: string;
  readonly fault: string | null;
}

function clamp(spec: FieldSpec, value: number): number {
  return Math.min(spec.most, Math.max(spec.least, value));
}

/** One element of a field: `*`, `5`, `1-5`, each perhaps with `/step`. */
function readElement(spec: FieldSpec, text: string): FieldReading {
  const [, range = "", from = "", to, step] = /^(\*|([^-/]+)(?:-([^-/]+))?)(?:\/(.+))?$/.exec(text) ?? [];
  const wrong = (sentence: string, nearest: string): FieldReading => ({ values: [], nearest, fault: sentence });
  if (range === "") return wrong(`“${text}” is no ${spec.name}`, "*");
  const first = range === "*" ? spec.least : numberOf(spec, from);
  const last = range === "*" ? spec.most : to === undefined ? first : numberOf(spec, to);
  const every = step === undefined ? 1 : Number(/^\d{1,4}$/.test(step) ? step : Number.NaN);
  const unread = [first, last].some(Number.isNaN);
  if (unread) return wrong(`“${text}” is no ${spec.name}`, "*");
  const bounds = `The ${spec.name} goes from ${spec.least} to ${spec.most}`;
  if (clamp(spec, first) !== first || clamp(spec, last) !== last) {
    const fixed = to === undefined ? `${clamp(spec, first)}` : `${clamp(spec, first)}-${clamp(spec, last)}`;
    return wrong(`${bounds}, not ${clamp(spec, first) === first ? last : first}`, `${fixed}${step ? `/${step}` : ""}`);
  }
  if (first > last) return wrong(`The range ${range} of the ${spec.name} runs backwards`, `${to}-${from}`);
  if (Number.isNaN(every) || every < 1) return wrong(`“/${step}” is no step`, range);
  const end = step !== undefined && range !== "*" && to === undefined ? spec.most : last;
  const values = Array.from({ length: Math.floor((end - first) / every) + 1 }, (_, i) => first + i * every);
  return { values, nearest: text, fault: null };
}

function readField(spec: FieldSpec, text: string): FieldReading {
  const elements = text.split(",").map((element) => readElement(spec, element));
  return {
    values: [...new Set(elements.flatMap(({ values }) => values))].sort((a, b) => a - b),
    nearest: elements.map(({ nearest }) => nearest).join(","),
    fault: elements.find(({ fault }) => fault !== null)?.fault ?? null,
  };
}

/** Whether `text` is meant as cron: a macro, or several fields of digits, stars and names of days and months. */
export function looksLikeCron(text: string): boolean {
  const fields = text.trim().toLowerCase().split(/\s+/);
  if (fields[0]!.startsWith("@")) return true;
  const element = /^(?:\*|\d+|[a-z]{3})(?:-(?:\d+|[a-z]{3}))?(?:\/\d+)?(?:,|$)/;
  const cronish = fields.filter((field) => /[*/,-]/.test(field) || /^\d+$/.test(field) || element.test(field));
  return fields.length >= 3 && cronish.length === fields.length && /^[*\d]/.test(fields[0]!);
}

/** The canonical text of an expression: one space between fields, lower case, macros written out. */
export function canonicalCron(text: string): string {
  const plain = text.trim().toLowerCase().replace(/\s+/g, " ");
  return macros[plain] ?? plain;
}

function fault(sentence: string, nearest: string | null): CronFault {
  return { sentence: `${sentence}.`, nearest };
}

/** Reads an expression (canonical or not). Nothing that never comes, or comes more than once an hour, is valid. */
export function readCron(text: string): CronFields | CronFault {
  const expression = canonicalCron(text);
  if (expression.startsWith("@")) {
    const known = Object.keys(macros).join(", ");
    return fault(`“${expression}” is not one of ${known}`, "@daily");
  }
  const given = expression.split(" ");
  if (given.length !== 5) {
    const five = given.length === 6 ? given.slice(1) : [...given, "*", "*", "*", "*"].slice(0, 5);
    const better = readCron(five.join(" "));
    const nearest = "sentence" in better ? better.nearest : five.join(" ");
    const why = given.length === 6 ? " (without seconds)" : "";
    return fault(`A cron expression has five fields${why}: minute, hour, day, month, day of the week`, nearest);
  }
  const readings = specs.map((spec, i) => readField(spec, given[i]!));
  const wrong = readings.find((reading) => reading.fault !== null);
  if (wrong) {
    const repaired = readings.map(({ nearest }) => nearest).join(" ");
    const again = readCron(repaired);
    return fault(wrong.fault!, "sentence" in again ? again.nearest : repaired);
  }
  return checkedFields(given, readings);
}

/** Two things that are valid cron and no schedule of ours. */
function checkedFields(given: readonly string[], readings: readonly FieldReading[]): CronFields | CronFault {
  const [minutes, hours, days, months, weekdays] = readings.map(({ values }) => values) as [
    number[],
    number[],
    number[],
    number[],
    number[],
  ];
  if (minutes.length > 1)
    return fault("A digest comes at most once an hour", [`${minutes[0]}`, ...given.slice(1)].join(" "));
  const eitherDay = !given[2]!.startsWith("*") && !given[4]!.startsWith("*");
  const lengths = months.map((month) => monthLengths[month - 1]!);
  if (!eitherDay && days.every((day) => lengths.every((length) => day > length))) {
    const nearest = [given[0], given[1], `${Math.max(...lengths)}`, given[3], given[4]].join(" ");
    return fault(`That month has no day ${days[0]}`, nearest);
  }
  return {
    minutes,
    hours,
    days: new Set(days),
    months: new Set(months),
    weekdays: new Set(weekdays.map((day) => day % 7)),
    eitherDay,
  };
}

/** Whether an expression lets a day through; `month` counts from 1. */
export function cronDay(fields: CronFields, date: { month: number; day: number; weekday: number }): boolean {
  if (!fields.months.has(date.month)) return false;
  const day = fields.days.has(date.day);
  const weekday = fields.weekdays.has(date.weekday);
  return fields.eitherDay ? day || weekday : day && weekday;
}
