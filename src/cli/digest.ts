/** `digest`: what an operator does with the digests of channels on the command line. */
import { nextComing } from "../commands/digest-words.ts";
import { NewsroomError } from "../errors.ts";
import type { OpenNewsroom } from "../open-newsroom.ts";
import type { Inquiry, Place } from "../ports.ts";
import { inertJson } from "../reply/inert.ts";
import { renderPlainText } from "../reply/plain-text.ts";
import { writeSchedule } from "../schedule/write-schedule.ts";
import type { DigestAsked } from "./digest-arguments.ts";
import { exitCodes } from "./exit-codes.ts";
import { answeringCollections, openFor, type Work } from "./opening.ts";
import { layoutOf, printingTo } from "./printing.ts";
import type { Platform, RenderReply } from "./surroundings.ts";

const deliveriesListed = 60;

/** Throws `usage` for a place that nothing can ever be posted to: its platform is none, or has no messages. */
function checkPlace({ adapter }: Place, platforms: readonly Platform[]): void {
  const known = platforms.filter(({ renderer }) => renderer).map(({ name }) => name);
  if (known.includes(adapter)) return;
  throw new NewsroomError("usage", `No digest can be posted to “${adapter}”; it can to ${known.join(" and ")}.`);
}

/** Runs one of its subcommands as the newsroom does; rejects as opening and the command do. */
export async function runDigest(work: Work, asked: DigestAsked): Promise<number> {
  const { surroundings, invocation, config } = work;
  if (asked.place && asked.subcommand === "subscribe") checkPlace(asked.place, surroundings.platforms);
  const opened = await openFor(work);
  try {
    const print = printingTo(surroundings);
    if (invocation.json) {
      for (const object of await listed(opened, surroundings.runtime.now())) await print(`${inertJson(object)}\n`);
      return exitCodes.done;
    }
    const { subcommand, options, place } = asked;
    const inquiry: Inquiry = {
      text: "",
      asker: null,
      place,
      follows: null,
      collections: place ? await opened.newsroom.collections(place) : await answeringCollections(opened),
      standing: "manager",
      timeZone: null,
    };
    const reply = await opened.newsroom.run({ name: "digest", subcommand, options }, inquiry, surroundings.signal);
    if (asked.as !== null) {
      await print(`${inertJson((await rendererOf(surroundings.platforms, asked.as))(reply))}\n`);
      return exitCodes.done;
    }
    const layout = layoutOf(surroundings.output, config.noColour);
    const parts = [reply.main, ...reply.thread].map((part) => renderPlainText(part, layout));
    await print(`${parts.join("\n\n")}\n`);
    return exitCodes.done;
  } finally {
    await opened.close();
  }
}

/** The renderer of a platform; rejects with `usage` for one that has none. */
async function rendererOf(platforms: readonly Platform[], name: string): Promise<RenderReply> {
  const renderer = platforms.find((platform) => platform.name === name)?.renderer;
  if (renderer) return renderer();
  const known = platforms.filter((platform) => platform.renderer).map((platform) => platform.name);
  throw new NewsroomError("usage", `--as takes ${known.join(" or ")}; without it, the digest is shown as text.`);
}

/** Every subscription with its last deliveries, as data. */
async function listed({ store }: OpenNewsroom, now: number): Promise<readonly unknown[]> {
  const time = (at: number): string => new Date(at).toISOString();
  return Promise.all(
    (await store.subscriptions()).map(async (subscription) => {
      const { id, place, schedule, wish, paused, createdBy } = subscription;
      const deliveries = await store.deliveries(id, deliveriesListed);
      const next = paused ? null : nextComing({ subscription, deliveries }, now);
      return {
        id,
        place,
        schedule: writeSchedule(schedule),
        ...wish,
        paused,
        createdBy,
        next: next && time(next.at),
        deliveries: deliveries.map(({ id: delivery, state, sentence, dueAt, parts }) => ({
          ...{ id: delivery, due: time(dueAt), state, sentence, parts },
        })),
      };
    }),
  );
}
