import { expect, it } from "vitest";
import { answered, citation } from "../../support/answers.ts";
import { createChance } from "../../support/chance.ts";
import type { Fault } from "../../support/discord/faults.ts";
import { openDesk } from "../../support/discord-desk.ts";
import { shownOf } from "../../support/discord-shown.ts";

const questions = 60;
const routes = ["callback", "postMessage", "editFollowup", "threadOfMessage"] as const;
const faults: readonly Fault[] = [
  { kind: "lost-answer" },
  { kind: "lost-in-gateway" },
  { kind: "dropped" },
  { kind: "status", status: 500 },
  { kind: "status", status: 503 },
  { kind: "rate-limited", retryAfterSeconds: 0.05 },
  { kind: "rate-limited" },
];

it("answers sixty questions once each, passages included, whatever goes wrong with one request of each", async () => {
  const chance = createChance(7);
  const one = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)]!;
  const desk = await openDesk();
  const { discord, newsroom, channel, reporter } = desk;
  newsroom.script(({ text }) => {
    const n = /\d+/.exec(text)![0];
    return answered([citation(1, { quote: `passage ${n} of it` })], {
      question: text,
      claims: [{ text: `This is claim ${n} of all.`, speaker: null, citations: [1], variants: [] }],
    });
  });
  const met: string[] = [];
  for (let n = 100; n < 100 + questions; n += 1) {
    const [route, fault] = [one(routes), one(faults)];
    met.push(`${n}: ${route} ${JSON.stringify(fault)}`);
    discord.faults.next(route, fault);
    if (n % 20 === 0) discord.gateway.drop();
    const answer = discord.nextMessage((message) => shownOf(message).text.includes(`claim ${n} of`));
    if (chance() < 0.5) discord.mention(reporter, channel, `Question ${n}?`);
    else discord.slash(reporter, channel, "ask", { question: `Question ${n}?` });
    const { id } = await answer.catch((error: Error) => {
      const log = desk.app.log.lines.slice(-5).map(({ message }) => message);
      throw new Error(`no answer to ${met.at(-1)}: ${log.join("; ")}`, { cause: error });
    });
    await discord.until(() => discord.messages(id).length > 0, `a passage under answer ${n}, with ${met.at(-1)}`);
    discord.faults.clear();
  }
  await discord.quiet(200);
  const everything = discord.messages(channel).flatMap((message) => [message, ...discord.messages(message.id)]);
  const shown = everything.filter(({ author }) => author.id === discord.bot.id).map((message) => shownOf(message).text);
  const counts = Array.from({ length: questions }, (_, index) => {
    const count = (words: string) => shown.filter((text) => text.includes(words)).length;
    return [count(`claim ${100 + index} of`), count(`passage ${100 + index} of`)];
  });
  expect(counts.flatMap(([answers, passages], index) => (answers === 1 && passages === 1 ? [] : [met[index]]))).toEqual(
    [],
  );
  expect(newsroom.asked).toHaveLength(questions);
});
