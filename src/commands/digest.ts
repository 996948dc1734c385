/** `digest`: subscribes a channel to what came in, and tells how that fares and why a digest says what it says. */
import type { Digests } from "../digest/digest.ts";
import { NewsroomError } from "../errors.ts";
import type { Command, Inquiry, Place } from "../ports.ts";
import type { Reply } from "../reply/reply.ts";
import type { Runtime } from "../runtime.ts";
import type { DeliveryRecord, Subscription, Wish } from "../schedule/ledger.ts";
import { askedForIdOf, channelOf, subscriptionIdOf } from "../schedule/names.ts";
import { nearestOf } from "../schedule/nearest.ts";
import { readWhen, usualSchedule } from "../schedule/read-when.ts";
import { readZone, zonesLike } from "../schedule/read-zone.ts";
import type { DeliveryStore, SubscriptionStore } from "../store/store.ts";
import { type CommandHandler, isOperator } from "./command-handler.ts";
import { digestSpec, emptyChoices } from "./digest-table.ts";
import { listReply, nextComing, type Standing, sentenceReply, subscribedReply } from "./digest-words.ts";
import { typed } from "./typed.ts";

export interface DigestCommandDeps {
  readonly store: SubscriptionStore & DeliveryStore;
  readonly digests: Digests;
  /** The outlets that these collections have, or whose feeds they read. */
  readonly outlets: (collections: readonly string[]) => Promise<readonly string[]>;
  readonly runtime: Runtime;
  /** Called when a delivery was asked for at once. */
  readonly asked?: () => void;
}

const dayMs = 86_400_000;
const deliveriesKnown = 60;
const longestList = 20;
const longestText = 80;

type Options = Command["options"];

function usage(sentence: string): NewsroomError {
  return new NewsroomError("usage", sentence);
}

/** The channel that a command is about; throws `usage` where there is none to post in. */
function channelAsked({ place }: Inquiry): Place {
  if (place !== null && place.channel !== null) return channelOf(place);
  throw usage(
    "A digest is posted in a channel, and this is none. Ask in a channel of Slack or Discord, or name one on the command line: --place slack/WORKSPACE/CHANNEL. A preview, which anybody may see anywhere, needs none.",
  );
}

/** "ports, energy" as a list; “all” is none. Throws `usage` for more than is sensible. */
function readList(value: string, what: string): readonly string[] {
  const items = value
    .split(/[,;]/)
    .map((item) => item.trim())
    .filter((item) => item !== "");
  if (items.length === 1 && /^(?:all|any|everything|\*)$/i.test(items[0]!)) return [];
  if (items.length > longestList) throw usage(`Name at most ${longestList} ${what}.`);
  const long = items.find((item) => item.length > longestText);
  if (long !== undefined)
    throw usage(`“${long.slice(0, 30)}…” is too long; each of the ${what} has at most ${longestText} characters.`);
  return [...new Map(items.map((item) => [item.toLowerCase(), item])).values()];
}

function readZoneOption(text: string): string {
  const reading = readZone(text);
  if ("zone" in reading) return reading.zone;
  const better =
    reading.nearest === null
      ? "For example: Europe/Berlin, America/New_York, UTC."
      : `Did you mean “${reading.nearest}”?`;
  throw usage(`${reading.sentence} ${better}`);
}

/** Makes `digest`. */
export function createDigestCommand(deps: DigestCommandDeps): CommandHandler {
  const { store, digests, runtime } = deps;

  async function standingOf(subscription: Subscription): Promise<Standing> {
    return { subscription, deliveries: await store.deliveries(subscription.id, deliveriesKnown) };
  }

  async function subscriptionHere(inquiry: Inquiry): Promise<Subscription> {
    const found = await store.subscription(subscriptionIdOf(channelAsked(inquiry)));
    if (found) return found;
    throw usage(`No digest comes here yet. Begin with: ${typed(inquiry, "digest subscribe daily at 08:00")}`);
  }

  async function knownOutlets(value: string, collections: readonly string[]): Promise<readonly string[]> {
    const known = await deps.outlets(collections);
    return readList(value, "outlets").map((wanted) => {
      const found = known.find((outlet) => outlet.toLowerCase() === wanted.toLowerCase());
      if (found !== undefined) return found;
      const nearest = nearestOf(wanted, known, (outlet) => [outlet]);
      const some = known.slice(0, 8).join(", ");
      const better = nearest === null ? (some === "" ? "" : ` There is: ${some}.`) : ` Did you mean “${nearest}”?`;
      throw usage(`Nothing here is from an outlet “${wanted}”.${better}`);
    });
  }

  /** The zone of a subscription, and how the reply says where it comes from. */
  function zoneFor(options: Options, said: string | null, before: Subscription | null, inquiry: Inquiry) {
    if (options.zone !== undefined) return { timeZone: readZoneOption(options.zone), from: "" };
    if (said !== null) return { timeZone: said, from: "" };
    if (before && options.when === undefined) return { timeZone: before.wish.timeZone, from: "" };
    const own = inquiry.timeZone === null ? null : readZone(inquiry.timeZone);
    if (own && "zone" in own) return { timeZone: own.zone, from: " (your own time zone)" };
    if (before) return { timeZone: before.wish.timeZone, from: "" };
    return {
      timeZone: "UTC",
      from: ` (no time zone was named; another one: ${typed(inquiry, "digest subscribe Europe/Berlin")})`,
    };
  }

  async function subscribe(inquiry: Inquiry, options: Options): Promise<Reply> {
    const place = channelAsked(inquiry);
    const id = subscriptionIdOf(place);
    const before = await store.subscription(id);
    const said = readWhen(options.when ?? "");
    const { timeZone, from } = zoneFor(options, said.zone, before, inquiry);
    const wish: Wish = {
      timeZone,
      topics: options.topics === undefined ? (before?.wish.topics ?? []) : readList(options.topics, "topics"),
      outlets:
        options.outlets === undefined
          ? (before?.wish.outlets ?? [])
          : await knownOutlets(options.outlets, inquiry.collections),
      whenEmpty: emptyChoices.find((choice) => choice === options.empty) ?? before?.wish.whenEmpty ?? "line",
    };
    const now = runtime.now();
    const subscription: Subscription = {
      id,
      place,
      schedule: said.schedule ?? before?.schedule ?? usualSchedule,
      wish,
      paused: before?.paused ?? false,
      createdBy: before?.createdBy ?? inquiry.asker,
      createdAt: before?.createdAt ?? now,
      handledUntil: now,
    };
    if (nextComing({ subscription, deliveries: [] }, now) === null) throw usage("That time never comes.");
    await store.saveSubscription(subscription);
    return subscribedReply(
      await standingOf(subscription),
      { changed: before !== null, zoneFrom: from, resume: typed(inquiry, "digest resume") },
      now,
    );
  }

  async function list(inquiry: Inquiry): Promise<Reply> {
    const { place, standing } = inquiry;
    const id = place === null || place.channel === null ? null : subscriptionIdOf(channelOf(place));
    const all = await store.subscriptions();
    const here = all.find((subscription) => subscription.id === id) ?? null;
    const sameWorkspace = ({ place: other }: Subscription): boolean =>
      standing === "manager" && other.adapter === place?.adapter && other.workspace === place.workspace;
    const others = all.filter((one) => one !== here && (isOperator(inquiry) || sameWorkspace(one)));
    if (!here && others.length === 0)
      return sentenceReply(
        isOperator(inquiry)
          ? `No channel gets a digest yet. Begin with: ${typed(inquiry, "digest subscribe daily at 08:00")} --place slack/WORKSPACE/CHANNEL`
          : `No digest comes here yet. Begin with: ${typed(inquiry, "digest subscribe daily at 08:00")}`,
      );
    const standings = await Promise.all(others.map(standingOf));
    return listReply(here && (await standingOf(here)), standings, typed(inquiry, "digest resume"), runtime.now());
  }

  async function change(inquiry: Inquiry, paused: boolean): Promise<Reply> {
    const subscription = await subscriptionHere(inquiry);
    if (subscription.paused === paused)
      return sentenceReply(paused ? "The digest here is paused already." : "The digest here is not paused.");
    const changed = { ...subscription, paused, handledUntil: runtime.now() };
    await store.saveSubscription(changed);
    if (paused) return sentenceReply(`Paused: no digest comes here until ${typed(inquiry, "digest resume")}`);
    return subscribedReply(
      await standingOf(changed),
      { changed: true, zoneFrom: "", resume: typed(inquiry, "digest resume") },
      runtime.now(),
    );
  }

  async function unsubscribe(inquiry: Inquiry): Promise<Reply> {
    const { id } = await subscriptionHere(inquiry);
    await store.removeSubscription(id);
    return sentenceReply(
      `No digest comes here any more. To begin again: ${typed(inquiry, "digest subscribe daily at 08:00")}`,
    );
  }

  /** What a channel wants to be told, or an asker who stands in none. */
  async function wishOf(inquiry: Inquiry): Promise<Wish> {
    const { place } = inquiry;
    const found = place?.channel ? await store.subscription(subscriptionIdOf(channelOf(place))) : null;
    if (found) return found.wish;
    return { timeZone: inquiry.timeZone ?? "UTC", topics: [], outlets: [], whenEmpty: "line" };
  }

  /** The digest of what came in since the last one here, or within a day; not kept. */
  async function digestNow(inquiry: Inquiry, options: Options, signal?: AbortSignal) {
    const wish = await wishOf(inquiry);
    const until = runtime.now();
    const last = inquiry.place?.channel
      ? await store.lastWindowEnd(subscriptionIdOf(channelOf(inquiry.place)), until)
      : null;
    const { collections } = inquiry;
    const topics = options.topics === undefined ? wish.topics : readList(options.topics, "topics");
    const outlets = options.outlets === undefined ? wish.outlets : await knownOutlets(options.outlets, collections);
    const window = { since: last ?? until - dayMs, until };
    return digests.make({ id: null, window, collections, topics, outlets, timeZone: wish.timeZone }, signal);
  }

  async function now(inquiry: Inquiry, signal?: AbortSignal): Promise<Reply> {
    // A place without channels is a conversation of its own: the digest is simply the reply.
    if (!inquiry.place?.channel) return digests.compose(await digestNow(inquiry, {}, signal));
    const place = channelOf(inquiry.place);
    const subscription = subscriptionIdOf(place);
    const [last] = await store.deliveries(subscription, 1);
    if (last?.state === "open") return sentenceReply("A digest is on its way here already.");
    const wish: Wish = { ...(await wishOf(inquiry)), whenEmpty: "line" };
    const dueAt = runtime.now();
    const id = askedForIdOf(subscription, runtime.uuid().replaceAll("-", "").slice(-10));
    await store.requestDelivery({ id, subscription, place, dueAt, wish }, dueAt);
    deps.asked?.();
    // On the command line nobody knows whether another process serves; in chat this one does.
    const served = inquiry.asker === null ? ", as long as Dateline serves this place" : "";
    return sentenceReply(`The digest is posted here within seconds${served}.`);
  }

  /** The delivery that `of` names; without it, the one whose thread the asker is in, or the last that was composed. */
  async function deliveryAsked(inquiry: Inquiry, of: string | undefined): Promise<DeliveryRecord | null> {
    const { place } = inquiry;
    if (place === null || place.channel === null) return null;
    const known = (await store.deliveries(subscriptionIdOf(channelOf(place)), deliveriesKnown)).filter(
      ({ window }) => window !== null,
    );
    const inThread = place.thread === null ? undefined : known.find(({ thread }) => thread?.thread === place.thread);
    if (of === undefined) return inThread ?? known[0] ?? null;
    return known.find(({ id }) => id === of || id.endsWith(`-${of}`)) ?? null;
  }

  async function why(
    inquiry: Inquiry,
    { about = null, of }: Options & { about?: string | null },
    signal?: AbortSignal,
  ): Promise<Reply> {
    const asked = of?.trim();
    // Outside of every channel stands an operator, who may name any digest by its id.
    const id = (await deliveryAsked(inquiry, asked))?.id ?? (inquiry.place?.channel ? undefined : asked);
    const found = id === undefined ? null : await digests.why(id, inquiry.collections, about);
    if (found) return found;
    if (id !== undefined || asked !== undefined)
      throw new NewsroomError(
        "not-found",
        `There is no such digest here. The last ones, with their ids: ${typed(inquiry, "digest list")}`,
      );
    // None was posted here yet: why the one that “digest preview” shows is as it is.
    const digest = await digestNow(inquiry, {}, signal);
    await digests.keep(digest);
    return (
      (await digests.why(digest.id, inquiry.collections, about)) ?? sentenceReply("Nothing came in that could be told.")
    );
  }

  return {
    spec: digestSpec,
    async run({ subcommand, options }, inquiry, signal) {
      switch (subcommand) {
        case "subscribe":
          return subscribe(inquiry, options);
        case "list":
          return list(inquiry);
        case "preview":
          return digests.compose(await digestNow(inquiry, options, signal));
        case "now":
          return now(inquiry, signal);
        case "pause":
          return change(inquiry, true);
        case "resume":
          return change(inquiry, false);
        case "unsubscribe":
          return unsubscribe(inquiry);
        case "why":
          return why(inquiry, options, signal);
        default:
          throw new NewsroomError("internal", `No such subcommand: ${subcommand}`);
      }
    },
    async complete(option, prefix, inquiry) {
      if (option === "zone") return zonesLike(prefix, inquiry.timeZone);
      if (option === "outlets") return outletsLike(prefix, await deps.outlets(inquiry.collections));
      if (option !== "of" || !inquiry.place?.channel) return [];
      const known = await store.deliveries(subscriptionIdOf(channelOf(inquiry.place)), deliveriesKnown);
      return known.filter(({ id, window }) => window !== null && id.includes(prefix.trim())).map(({ id }) => id);
    },
  };
}

/** Completes the last of several outlets. */
function outletsLike(prefix: string, known: readonly string[]): readonly string[] {
  const comma = prefix.lastIndexOf(",");
  const [before, last] = [
    prefix.slice(0, comma + 1),
    prefix
      .slice(comma + 1)
      .trim()
      .toLowerCase(),
  ];
  const chosen = new Set(before.split(",").map((one) => one.trim().toLowerCase()));
  return known
    .filter((outlet) => outlet.toLowerCase().includes(last) && !chosen.has(outlet.toLowerCase()))
    .map((outlet) => (before === "" ? outlet : `${before} ${outlet}`));
}
