import fc from "fast-check";
import { expect, it } from "vitest";
import { NewsroomError } from "../../../src/errors.ts";
import { inert } from "../../../src/reply/inert.ts";
import { answered, citation } from "../../support/answers.ts";
import type { Message } from "../../support/discord/index.ts";
import { type DiscordDesk, openDesk } from "../../support/discord-desk.ts";
import { shownOf } from "../../support/discord-shown.ts";

const quietMs = 60;

/** Pieces of what could ping, link, format, hide or act, to be put together at random. */
const pieces = [
  "@everyone", "@here", "<@123456789012345678>", "<@&123456789012345678>", "<#123456789012345678>", "<id:browse>",
  "</ask:123456789012345678>", "<a:e:123456789012345678>", ":smile:", "<t:0:R>", "[click](https://evil.example)",
  "[click](<https://evil.example>)", "](https://evil.example)", "https://evil.example", "<https://evil.example>",
  "discord.gg/evil", "discord.com/invite/evil", "# ", "-# ", "> ", ">>> ", "- ", "1. ", "**", "*", "__", "_", "~~", "||",
  "`", "```", "\\", "\n", "\u202E", "\u2066", "\u200B", "\uFEFF", "\uD83D", "\u{1F600}", "\u0007", "[1]", "[[1]]", "(", ")", "[", "]", "<", ">",
  "word", " ", "ö", "www.evil.example", "mailto:a@evil.example", "steam://run", "evil.example",
]; // biome-ignore format: a list

const piece = fc.constantFrom(...pieces);
/** Marks that need a second one. */
const paired = fc
  .tuple(fc.constantFrom("**", "*", "__", "_", "~~", "||", "`", "```"), piece)
  .map(([mark, inside]) => `${mark}word ${inside}${mark}`);

const hostile = fc
  .array(fc.oneof({ weight: 3, arbitrary: piece }, paired), { minLength: 1, maxLength: 14 })
  .map((parts) => parts.join(""))
  .filter((text) => text.trim() !== "");

/** Without white space, which flows. */
const squeezed = (text: string) => text.replace(/\s+/gu, "");

function own({ discord, channel, reporter }: DiscordDesk): readonly Message[] {
  const here = discord.messages(channel);
  const all = [...here, ...here.flatMap(({ id }) => discord.messages(id)), ...discord.ephemerals(reporter)];
  return all.filter(({ author }) => author.id === discord.bot.id);
}

/** What hostile text may never come to: an address of the stranger's, a ping, a hidden character, an unfurling. */
function expectInert(messages: readonly Message[]): void {
  for (const message of messages) {
    const shown = shownOf(message);
    expect(shown.hazards).toEqual([]);
    for (const link of shown.links) expect(link).toMatch(/^https:\/\/(?:news\.example|discord\.com\/channels)\//);
    expect(message.mentions).toEqual([]);
  }
}

it("keeps a stranger's title, question, outlet, date, quotation and error inert, in every message and thread", async () => {
  const desk = await openDesk();
  const { discord, newsroom } = desk;
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(hostile, fc.boolean(), async (text, isError) => {
      const cited = citation(1, { title: text, outlet: text, published: text, quote: text, url: null });
      newsroom.script(() => {
        if (isError) throw new NewsroomError("bad-question", `This is no question: ${text}`);
        return answered([cited, citation(2, { title: text, outlet: null })], {
          claims: [{ text, speaker: null, citations: [1, 2], variants: [{ citation: 2, kind: "wording", text }] }],
        });
      });
      const answer = discord.nextMessage();
      discord.slash(desk.reporter, desk.channel, "ask", { question: text });
      await answer;
      await discord.quiet(quietMs);
      const messages = own(desk).filter(({ id }) => !seen.has(id));
      for (const { id } of messages) seen.add(id);
      expect(messages).not.toHaveLength(0);
      expectInert(messages);
      // Nothing of it formats: it stands there to the letter.
      const letters = messages.map((message) => squeezed(shownOf(message).text)).join("\n");
      expect(letters).toContain(squeezed(inert(text)));
    }),
    { numRuns: 60 },
  );
  // Discord refused nothing of it, and the threads have names that a person can read.
  expect(discord.calls.filter(({ answer }) => answer !== null && answer.status >= 400)).toEqual([]);
  const names = discord.messages(desk.channel).flatMap((message) => discord.threadOf(message)?.name ?? []);
  expect(names.length).toBeGreaterThan(5);
  for (const name of names) {
    expect(name).not.toMatch(/[\u0000-\u001f\u200b\u202a-\u202e\u2060-\u206f\ufeff]|\p{Cs}/u);
    expect([...name].length).toBeLessThanOrEqual(100);
  }
});

it("says in a mention's answer nothing that the mention could make it say", async () => {
  const desk = await openDesk();
  const { discord, newsroom } = desk;
  newsroom.script((inquiry) => answered([citation(1)], { question: inquiry.text }));
  discord.mention(
    desk.reporter,
    desk.channel,
    `@everyone <@${desk.colleague}> [click](https://evil.example) # big ||hidden||`,
  );
  await discord.quiet(quietMs);
  expect(own(desk).length).toBeGreaterThan(0);
  expectInert(own(desk));
});

it("prints only addresses that are stored and http", async () => {
  const desk = await openDesk();
  for (const url of [
    "javascript:alert(1)",
    "file:///etc/passwd",
    "https://news.example/a) [x](https://evil.example",
    "discord://x",
  ]) {
    desk.newsroom.script(() => answered([citation(1, { url })]));
    desk.discord.slash(desk.reporter, desk.channel, "ask", { question: "why?" });
    await desk.discord.quiet(quietMs);
  }
  for (const message of own(desk))
    for (const link of shownOf(message).links)
      expect(link).toMatch(/^https:\/\/(?:news\.example\/a(?!\) )|discord\.com\/channels\/)/);
});
